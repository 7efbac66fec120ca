from __future__ import annotations

CUSTOMERS = "customer_id,start_date,end_date\n1,2024-01-01,\n2,2024-01-01,2025-06-10\n3,x,\n"


def test_missed_targets_are_errors_and_rejects_are_warnings(retention, folder):
    (folder / "a,b.csv").write_text(CUSTOMERS, "utf-8")
    (folder / "benchmarks.toml").write_text(
        '[[benchmark]]\nkpi = "retention_rate"\ntarget = "90%"\nmin_n = 1\nowner = "Ada"\n'
        '[[benchmark]]\nkpi = "nps"\ntarget = 1\n',
        "utf-8",
    )
    told = ("compute", "a,b.csv", "--period", "2025-06", "--format", "github")
    ran = retention(*told, "--max-rejects", "1", "--quiet")
    first, second, third, last = ran.out.splitlines()
    assert first == (
        "::error title=Customer retention rate%3A misses::Customer retention rate is 50.0 %25,"
        " target 90.0 %25, owner Ada"
    )
    assert second.startswith(
        "::error title=Net Promoter Score%3A undefined::Net Promoter Score: no"
    )
    place = (
        "::warning file=a%2Cb.csv,line=4,title=1 rejected%3A bad-date::a,b.csv row 4: start_date"
    )
    assert third.startswith(place)
    assert last == "::notice title=Scorecard%2C June 2025::2 missed"
