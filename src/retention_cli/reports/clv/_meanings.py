"""What the columns of the workbook of lifetime values mean."""

from __future__ import annotations

MEANINGS = (
    ("Paid", "All that is dated before the end of the period, credit notes negative."),
    (
        "By formula",
        "The customer's own revenue a month, over the last twelve months of the period, times the lifespan of its group.",
    ),
    (
        "P(alive)",
        "How likely the customer has not left. Under a contract it is seen: 1 or 0. By BG/NBD nobody leaves before a second purchase.",
    ),
    ("Days silent", "Days from the last purchase to the last day of the period."),
    ("Expected purchases", "Days with a purchase to be expected over the horizon, by the model."),
    (
        "Expected value",
        "What the customer is expected to bring over the horizon, discounted where discount_rate is set.",
    ),
    (
        "Low, High",
        "The 95 % interval of the expected value: how sure the model is of the mean of customers with such a past. One of them may do anything around it.",
    ),
    ("On margin", "The same times the gross margin of all customers."),
    (
        "Tier",
        "Customers by value, the best first: A while the share before a customer is below 80 %, B while below 95 %, C the rest; [tiers] in the settings sets others.",
    ),
    (
        "Standard error",
        "From the curvature of the log-likelihood at its top, or from a bootstrap; low and high are the 95 % interval.",
    ),
    (
        "Top tenth found",
        "How many of the tenth of the customers that brought most were in the tenth that was said to.",
    ),
    (
        "The same as last period",
        "Each customer brings what it brought in as many months before; everyone the mean: the mean of that.",
    ),
)
