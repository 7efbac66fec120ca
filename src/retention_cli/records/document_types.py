"""What a row of a list of documents is: an invoice, a credit, or none that counts."""

from __future__ import annotations

import re

from retention_cli.records.word_classes import Vocabulary, by_phrase, each_word

INVOICE, CREDIT, CHARGE, ORDER, PAYMENT, QUOTE, OTHER = (
    *("invoice", "credit-note", "charge", "order", "payment", "quote", "other"),
)
TYPES = (INVOICE, CREDIT, CHARGE, ORDER, PAYMENT, QUOTE, OTHER)
"""Our words for types of documents; `other` counts in no figure."""
DEPOSIT = re.compile(
    "anzahlung|abschlag|akonto|vorauszahlung|vorkasse|teilrechnung|acompte|avance|situation"
    "|acconto|anticip|adiantamento|aanbetaling|voorschot|deposit|downpayment|prepayment|advance"
    "|progress|retainer|forskott|zaliczk"
)
FINAL = re.compile(
    "schluss|endabrechnung|endrechnung|final|solde|saldo|definitiv|eindf|slotf|slutf|koncow"
)
"""What an invoice of a part is called, and the one that ends them: it may hold the whole amount."""
PURCHASES = (INVOICE, CHARGE, ORDER, PAYMENT)
"""What may stand for the purchases of a customer: the first of these that the exports have."""

_PHRASES = {
    INVOICE: (
        "invoice, invoices, inv, sale, sales, sales receipt, cash sale, ticket sale, billing, billed"
        ", ar invoice, accrec, rv, si, td01, td05, 380"
        ", rechnung, rechnungen, re, verkauf, verkaufe, barverkauf, faktura, kassenbon, bon"
        ", belastungsanzeige, facture, factures, vente, ventes, note de debit, ticket de caisse"
        ", factura, facturas, venta, ventas, nota de debito, ticket, ingreso, boleta, fattura"
        ", fatture, vendita, vendite, nota di debito, scontrino, corrispettivo, parcella, fatura"
        ", faturas, venda, vendas, factuur, facturen, verkoop, kassabon, forsaljning, salg"
        ", faktury, sprzedaz, facture d acompte, fattura di acconto, fattura d acconto"
        ", factura de anticipo, fatura de adiantamento, deposit invoice, prepayment invoice"
        ", advance invoice, down payment invoice, progress invoice, facture de solde"
        ", facture de situation, fattura a saldo, fattura di saldo, factura de saldo"
        ", voorschotfactuur, eindfactuur, fatura de saldo, schlussabrechnung"
    ),
    CHARGE: (
        "charge, charges, purchase, purchases, achat, achats, compra, compras, acquisto, acquisti"
        ", kauf, einkauf, aankoop, cargo, cargos, belastung"
    ),
    CREDIT: (
        "credit note, credit notes, creditnote, credit memo, credit memos, credit, credits, cn"
        ", credit invoice, refund, refunds, refunded, return, returns, returned, sales return"
        ", chargeback, charge back, reversal, accreccredit, dg, sc, crn, td04, 381, credit note issued"
        ", credit issued, gutschrift, gutschriften, gs, rechnungskorrektur, stornorechnung, storno"
        ", stornobeleg, retoure, retouren, rucksendung, ruckgabe, ruckerstattung, erstattung"
        ", ruckbuchung, ruckzahlung, warenrucksendung, avoir, avoirs, note de credit"
        ", note d avoir, facture d avoir, remboursement, remboursements, retour, retours"
        ", nota de credito, notas de credito, nota credito, factura rectificativa"
        ", rectificativa, devolucion, devoluciones, reembolso, reembolsos"
        ", nota di credito, note di credito, rimborso, rimborsi, reso, resi, storno fattura"
        ", devolucao, devolucoes, estorno, estornos, creditnota, creditfactuur, terugbetaling"
        ", terugbetalingen, retourzending, kreditnota, kreditfaktura, kreditering, korekta, zwrot"
    ),
    ORDER: (
        "order, orders, sales order, web order, order confirmation, subscription order"
        ", bestellung, bestellungen, auftrag, auftrage, auftragsbestatigung, commande, commandes"
        ", bon de commande, bon commande, pedido, pedidos, orden de venta, ordine, ordini"
        ", ordine cliente, encomenda, encomendas, bestelling, bestellingen, ordre, zamowienie"
    ),
    PAYMENT: (
        "payment, payments, pmt, receipt, receipts, cash receipt"
        ", prepayment, down payment, direct debit, dz, sr, zahlung, zahlungen, zahlungseingang"
        ", einzahlung, anzahlung, vorauszahlung, lastschrift, quittung, geldeingang, paiement"
        ", paiements, reglement, reglements, encaissement, encaissements, acompte, prelevement"
        ", pago, pagos, cobro, cobros, recibo, recibos, anticipo, pagamento, pagamenti, incasso"
        ", incassi, ricevuta, acconto, pagamentos, recebimento, recebimentos, betaling"
        ", betalingen, ontvangst, aanbetaling, incasso, inbetalning, indbetaling, platnosc, wplata"
    ),
    QUOTE: (
        "quote, quotes, quotation, quotations, estimate, estimates, proposal, offer, offers"
        ", proforma, pro forma, pro forma invoice, proforma invoice, angebot, angebote"
        ", kostenvoranschlag, proformarechnung, pro forma rechnung, devis, facture proforma"
        ", facture pro forma, presupuesto, presupuestos, cotizacion, factura proforma"
        ", factura pro forma, preventivo, preventivi, fattura proforma, fattura pro forma"
        ", orcamento, orcamentos, fatura proforma, fatura pro forma, offerte, offertes, offert"
        ", tilbud, oferta, draft invoice"
    ),
    OTHER: (
        "fee, fees, deposit, deposits, transfer, transfers, payout, payouts, withdrawal, withdrawals, bill, bills"
        ", expense, expenses, journal, journal entry, journal entries, general journal, gl entry"
        ", currency conversion, conversion, purchase invoice, purchase order, purchase credit"
        ", purchase credit note, purchase credit memo, supplier invoice, supplier credit"
        ", supplier credit note, supplier payment, vendor invoice, vendor bill, vendor credit"
        ", vendor payment, bill payment, bill credit, accpay, accpaycredit, opening balance"
        ", closing balance, balance forward, balance, statement, delivery note, packing slip"
        ", reminder, dunning, hold, authorization, authorisation, payroll, salary, check, cheque"
        ", chargeback fee, refund fee, payment fee, stripe fee, application fee, tax payment, in invoice, in refund, in receipt, ab, sa, kr"
        ", kz, pi, pc, pp, bp, br, jc, jd, vp, vr"
        ", gebuhr, gebuhren, uberweisung, umbuchung, auszahlung, provision, eingangsrechnung"
        ", lieferantenrechnung, lieferantengutschrift, buchung, lieferschein, mahnung"
        ", saldovortrag, eroffnungsbilanz, ausgabe, lohn, gehalt, frais, virement, virements"
        ", commission, facture fournisseur, facture d achat, avoir fournisseur, depense"
        ", ecriture, ecriture comptable, bon de livraison, rappel, relance, report a nouveau"
        ", comision, comisiones, transferencia, transferencias, traspaso, factura de compra"
        ", factura de proveedor, factura proveedor, gasto, gastos, asiento, asiento contable"
        ", albaran, recordatorio, saldo inicial, traslado, nomina, commissione, commissioni"
        ", bonifico, fattura di acquisto, fattura acquisto, fattura fornitore, fattura passiva"
        ", spesa, spese, prima nota, ddt, sollecito, taxa, taxas, comissao, fatura de compra"
        ", fatura de fornecedor, despesa, lancamento, guia de remessa, kosten, overboeking"
        ", inkoopfactuur, leveranciersfactuur, memoriaal, pakbon, herinnering, avgift, gebyr"
    ),
}

DOCUMENTS = Vocabulary(
    strongest=(OTHER, QUOTE, CREDIT, PAYMENT, ORDER, INVOICE, CHARGE),
    phrases={**by_phrase(_PHRASES), **by_phrase({one: one for one in TYPES})},
    endings={
        **dict.fromkeys(("rechnung", "factuur", "faktura", "fakturan"), INVOICE),
        **dict.fromkeys(("gutschrift", "ruckzahlung", "creditnota"), CREDIT),
        **dict.fromkeys(("zahlung", "betaling", "zahlungseingang"), PAYMENT),
        **dict.fromkeys(("auftrag", "bestellung", "bestelling"), ORDER),
        **dict.fromkeys(("gebuhr", "kosten", "uberweisung", "auszahlung"), OTHER),
        **dict.fromkeys(("eingangsrechnung", "lieferantenrechnung", "inkoopfactuur"), OTHER),
        **dict.fromkeys(("stornorechnung", "creditfactuur", "kreditfaktura"), CREDIT),
        **dict.fromkeys(("proformarechnung", "proformafactuur"), QUOTE),
    },
    fillers=each_word(
        "a and by client clients cliente clienti customer customers d da de der des di do du e el for"
        " final full kunde kunden klant la le line of one out partial per recurring sur tax the to type"
        " und unser van vat von y zu der an ar item manual auto automatic online web pos store shop"
        " cash card bank final credito schluss teil received recu eingang klanten comercial"
        " commercial commerciale service services standard regular simplified simplificada"
        " immediata differita elettronica electronica electronic export domestic"
    ),
)
"""What a type says; a text with a word that is in none of these is not known."""
