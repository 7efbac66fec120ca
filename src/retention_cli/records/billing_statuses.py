"""What the status of an invoice says of its amount, in the words of many systems."""

from __future__ import annotations

from retention_cli.records.word_classes import Vocabulary, by_phrase, each_word

BILLED, DRAFT, VOID, REFUNDED = "billed", "draft", "void", "refunded"
PARTLY_REFUNDED, CREDITED = "partly refunded", "credit note"
STATUSES = (BILLED, DRAFT, VOID, REFUNDED)
"""Our words for the status of an invoice: counts, not yet, not at all, counts as 0."""

_PHRASES = {
    BILLED: (
        "billed, paid, open, sent, overdue, due, unpaid, partial, partially, partly, part paid"
        ", partpaid, partially paid, partially invoiced, partially shipped, partially fulfilled"
        ", fully, paid in full, issued, approved, authorised, authorized, awaiting payment"
        ", awaiting, pending, pending payment, payment pending, processing, processed, complete"
        ", completed, closed, posted, final, finalised, finalized, invoiced, booked, confirmed"
        ", shipped, delivered, fulfilled, unfulfilled, received, viewed, seen, printed, exported"
        ", settled, cleared, captured, succeeded, success, successful, active, new, outstanding"
        ", late, past due, in progress, in process, accepted, collected, submitted, ready, done"
        ", valid, current, on hold, emailed, dispatched, in transit, picked up, packed"
        ", backordered, reconciled, deposited, reminded, reminder, reminder sent, dunning"
        ", disputed, in dispute, ok, autopaid, auto paid, not paid, not due, not yet due"
        ", payment due, payment received, no payment, ready to ship, scheduled, live, released"
        ", registered, remitted, partial payment, underpaid, overpaid"
        # German
        ", bezahlt, offen, gesendet, versendet, versandt, verschickt, uberfallig, fallig"
        ", unbezahlt, teilbezahlt, teilweise bezahlt, teilzahlung, nicht bezahlt, gestellt"
        ", freigegeben, genehmigt, ausstehend, in bearbeitung, bearbeitet, abgeschlossen"
        ", erledigt, geschlossen, gebucht, verbucht, festgeschrieben, finalisiert, fakturiert"
        ", berechnet, abgerechnet, bestatigt, geliefert, ausgeliefert, zugestellt, beglichen"
        ", ausgeglichen, eingegangen, gemahnt, mahnung, angemahnt, gedruckt, exportiert, neu"
        ", aktiv, gultig, erfolgreich, vollstandig, vollstandig bezahlt, ubermittelt, verrechnet"
        # French
        ", paye, payee, payes, payees, ouvert, ouverte, envoye, envoyee, en retard, echu, echue"
        ", impaye, impayee, non paye, non payee, partiellement paye, partiellement payee, emis"
        ", emise, validee, valide, en attente, en attente de paiement, en cours, traite, traitee"
        ", termine, terminee, cloture, cloturee, comptabilise, comptabilisee, facture, facturee"
        ", confirme, confirmee, expedie, expediee, livre, livree, regle, reglee, encaisse"
        ", encaissee, solde, soldee, acquittee, relancee, a payer, non reglee, recu, recue"
        # Spanish
        ", pagado, pagada, abierto, abierta, enviado, enviada, vencido, vencida, pendiente"
        ", pendiente de pago, no pagado, no pagada, impagado, impagada, parcialmente pagado"
        ", parcialmente pagada, emitido, emitida, aprobado, aprobada, en proceso, procesado"
        ", completado, completada, cerrado, cerrada, contabilizado, contabilizada, facturado"
        ", facturada, confirmado, confirmada, entregado, entregada, cobrado, cobrada, vigente"
        ", timbrado, timbrada, por cobrar, por pagar, valido, nuevo, nueva, finalizado"
        # Italian
        ", pagato, pagata, aperto, aperta, inviato, inviata, scaduto, scaduta, non pagato"
        ", non pagata, insoluto, insoluta, parzialmente pagato, parzialmente pagata, emesso"
        ", emessa, approvato, approvata, in attesa, in attesa di pagamento, in lavorazione"
        ", elaborato, completato, completata, chiuso, chiusa, contabilizzato, contabilizzata"
        ", fatturato, fatturata, confermato, confermata, spedito, spedita, consegnato"
        ", consegnata, saldato, saldata, incassato, incassata, da pagare, da incassare"
        # Portuguese
        ", pago, paga, aberto, aberta, em aberto, vencida, pendente, nao pago, nao paga"
        ", parcialmente pago, parcialmente paga, aprovado, aprovada, processado, concluido"
        ", concluida, fechado, fechada, liquidado, liquidada, faturado, faturada, entregue"
        ", enviado, recebido, recebida, a pagar, aguardando pagamento, em processamento"
        # Dutch
        ", betaald, openstaand, verzonden, verstuurd, verlopen, achterstallig, onbetaald"
        ", niet betaald, deels betaald, gedeeltelijk betaald, goedgekeurd, in behandeling"
        ", verwerkt, voltooid, afgerond, gesloten, geboekt, gefactureerd, bevestigd, geleverd"
        ", voldaan, te betalen, ontvangen, nieuw, te laat"
        # Swedish, Danish, Norwegian, Polish
        ", betald, obetald, skickad, forfallen, delbetald, bokford, betalt, ubetalt, sendt"
        ", forfalden, bogfort, forfalt, levert, leveret, bestilt, oplacona, oplacone, zaplacona"
        ", nieoplacona, wystawiona, wyslana, przeterminowana, zrealizowane, zrealizowana"
    ),
    DRAFT: (
        "draft, drafts, unsent, proforma, pro forma, pending approval, awaiting approval"
        ", waiting for approval, checkout draft, not sent, unapproved, unconfirmed, entwurf"
        ", nicht gesendet, vorlaufig, brouillon, borrador, bozza, rascunho, concept, utkast"
        ", kladde, szkic, robocza, en attente d approbation, zur freigabe, wartet auf freigabe"
        ", pendiente de aprobacion, in attesa di approvazione, ter goedkeuring"
    ),
    VOID: (
        "void, voided, cancelled, canceled, cancel, cancellation, deleted, uncollectible, failed"
        ", failure, payment failed, declined, rejected, denied, abandoned, expired, test, sandbox"
        ", testing, trash, trashed, written off, write off, writeoff, bad debt, removed, aborted"
        ", invalid, lost, unclaimed, storniert, storno, stornierte, annulliert"
        ", geloscht, fehlgeschlagen, abgelehnt, abgebrochen, verworfen, ungultig, verfallen"
        ", abgelaufen, uneinbringlich, ausgebucht, testbestellung, testrechnung, gescheitert"
        ", annule, annulee, annules, annulees, supprime, supprimee, echoue, echouee, refuse"
        ", refusee, rejete, rejetee, abandonne, abandonnee, expire, expiree, irrecouvrable"
        ", perdu, anulado, anulada, cancelado, cancelada, eliminado, eliminada, fallido"
        ", fallida, rechazado, rechazada, abandonado, abandonada, expirado, expirada"
        ", caducado, caducada, incobrable, prueba, denegado, denegada, annullato, annullata"
        ", cancellato, cancellata, eliminato, eliminata, fallito, fallita, rifiutato"
        ", rifiutata, respinto, respinta, abbandonato, abbandonata, prova, inesigibile"
        ", excluido, excluida, falhado, falhada, falhou, recusado, recusada, rejeitado"
        ", rejeitada, expirou, teste, geannuleerd, geannuleerde, verwijderd, mislukt"
        ", geweigerd, afgewezen, afgebroken, oninbaar, makulerad, annullerad"
        ", annulleret, kansellert, slettet, misslyckad, anulowana, anulowane, odrzucona"
    ),
    REFUNDED: (
        "refunded, refund, fully refunded, charged back, chargeback, chargedback, reversed"
        ", reversal, returned, credited, erstattet, zuruckerstattet, ruckerstattet"
        ", ruckerstattung, zuruckgezahlt, ruckgebucht, zuruckgebucht, ruckbelastet"
        ", zuruckgegeben, zuruckgesendet, retourniert, retoure, gutgeschrieben, rembourse"
        ", remboursee, retourne, retournee, contrepasse, reembolsado, reembolsada"
        ", devuelto, devuelta, revertido, revertida, contracargo, rimborsato, rimborsata, reso"
        ", restituito, restituita, stornato, stornata, devolvido, devolvida, estornado"
        ", estornada, terugbetaald, geretourneerd, teruggestort, gecrediteerd, aterbetald"
        ", returnerad, refunderet, refundert, krediterad, zwrocona, zwrocono"
    ),
    PARTLY_REFUNDED: (
        "partially refunded, partly refunded, partial refund, part refunded, partially returned"
        ", partially credited, teilweise erstattet, teilerstattet, teilweise zuruckerstattet"
        ", partiellement rembourse, partiellement remboursee, parcialmente reembolsado"
        ", parcialmente reembolsada, parcialmente devuelto, parzialmente rimborsato"
        ", parzialmente rimborsata, parcialmente devolvido, gedeeltelijk terugbetaald"
        ", deels terugbetaald"
    ),
    CREDITED: (
        "credit note, credit memo, credit note issued, credit memo issued, credit issued"
        ", gutschrift, gutschrift erstellt, avoir, avoir emis, note de credit, nota de credito"
        ", nota de credito emitida, nota di credito, nota di credito emessa, creditnota"
        ", creditfactuur, kreditnota, kreditfaktura"
    ),
}

BILLING = Vocabulary(
    phrases=by_phrase(_PHRASES),
    fillers=each_word(
        "and by days day on since via ago wc cash card visa paypal bank transfer the in to status"
        " invoice order payment tagen tage seit am per bar und jours depuis le dias desde el dagen"
        " sinds op customer payment"
    ),
)
"""What a status says; a text with a word that is in none of these is not known."""
