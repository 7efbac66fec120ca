"""Header rows as ten people would write them, with what each header is; the cells are invented.

A row is the name of a file, its kind (none for lists of something else) and its headers, each with a
letter for its cells: `i` an id, `r` one of few names or ids, `n` a name of its own, `e` an e-mail
address, `d` a day, `D` a moment, `o` a day or blank, `b` a birthday, `m` money, `w` a small number, `s` a
score to 5, `S` one to 10, `z` a number of five digits, `x` the number of the row, `c` one of few words,
`f` yes or no, `h` hours, `k` a time of day, `u` a currency, `y` income or expense, `t` text, `_` nothing.
`>column` is what it is; `?column` is for its owner to say: it may be asked about, and not taken unsaid.
"""

from __future__ import annotations

from datetime import date, timedelta

ROWS = """
issue_log.csv | tickets | Issue #:z>ticket_id | Raised By:r?customer_id | Date Raised:d>created_at | Issue Description:t | Owner:r | Date Resolved:o>resolved_at | Priority:c
chamados.csv | tickets | Número:i>ticket_id | Prioridade:c | Aberto(a) por:r>customer_id | Aberto(a):D>created_at | Atribuído(a) a:r | Descrição resumida:t
conversas.csv | tickets | ID da conversa:i>ticket_id | Cliente:r>customer_id | Iniciada em:D>created_at | Encerrada em:D>resolved_at | Canal:c | Atendente:r
cmms_work_orders.csv | none | WO Number:i | Title:t | Asset:c | Priority:c | Status:c | Estimated Hours:h | Actual Hours:h | Created Date:D | Completed Date:o
purchase_requests.csv | none | Request No:i | Requested By:r | Item:c | Quantity:w | Estimated Cost:m | Approved By:r | Requested On:d | Status:c
comment_cards.csv | surveys | Date:d>responded_at | Table:w | Food (1-5):s>score | Comments:t
complaints_register.csv | tickets | Complaint Ref:i>ticket_id | Date Received:d>created_at | Complainant:r>customer_id | Nature of Complaint:t | Date Acknowledged:d>first_response_at | Date Resolved:o>resolved_at | Handled By:r
case_report.csv | tickets | Case Number:z>ticket_id | Account Name:r?customer_id | Contact Name:r | Subject:t | Date/Time Opened:D>created_at | Date/Time Closed:o>resolved_at
storingen.csv | tickets | Storingsnr:z>ticket_id | Klantnr:r>customer_id | Gemeld:D>created_at | Verholpen:o>resolved_at | Monteur:r
chiamate_assistenza.csv | tickets | Numero chiamata:z>ticket_id | Data chiamata:D>created_at | Cliente:r>customer_id | Guasto:t | Chiusa il:o>resolved_at
chamados_ti.csv | tickets | Nº Chamado:z>ticket_id | Solicitante:r>customer_id | Data de abertura:D>created_at | Primeiro atendimento:D>first_response_at | Data de fechamento:o>resolved_at
recensies.csv | surveys | Naam:r?customer_id | Beoordeling:s>score | Recensie:t | Geplaatst op:d>responded_at
film_ratings.csv | none | userId:r | movieId:z | rating:s | timestamp:z
bogues.csv | none | Id:z | Titre:t | Gravité:c | Version:c | Développeur:r | Ouvert le:D | Corrigé le:o
train_tickets.csv | none | Ticket No:i | Passenger:n | From:c | To:c | Departure:D | Seat:t | Fare:m
Antworten.csv | surveys | Zeitstempel:D>responded_at | Wie zufrieden sind Sie insgesamt? (1-5):s>score | Würden Sie uns weiterempfehlen?:f | Was können wir verbessern?:t
pesquisa.csv | surveys | Carimbo de data/hora:D>responded_at | Nome completo:r?customer_id | De 0 a 10, quanto você recomendaria a empresa?:S>score | Por quê?:t
incidenti.csv | tickets | Numero:i>ticket_id | Descrizione breve:t | Aperto da:r>customer_id | Data apertura:d>created_at | Data chiusura:o>resolved_at
issues.csv | tickets | Issue:t | Reported by:r>customer_id | When:D>created_at | Status:c
feedback_log.csv | surveys | event_id:i | rating:s>score | comment:t | timestamp:D>responded_at
leave.csv | none | Request ID:i | Employee:r | Leave Type:c | Start Date:d | End Date:d | Status:c | Resolved On:o
blood_donors.csv | none | Donor ID:i | Name:n | Age:w | Blood Group:c | Phone:m | City:c | Last Donation Date:d
provisionen.csv | none | Provisionsdatum:d | Vertreter:c | Kunde:r | Umsatz:m | Provision:m
transactions.csv | none | Date:D | Description:t | Category:c | Amount:m | Type:y | Account:c | Merchant:r
income.csv | invoices | Date:d>invoice_date | Description:t | Category:c | Amount:m>amount | Currency:u>currency
zeitnachweis.csv | costs | Monat:d>cost_date | Mitarbeiter:c>person | Stunden:h>hours | Stundensatz:w?rate | Netto:m | Rechnungsstatus:c
bookings.csv | invoices | Booking Code:i>invoice_id | Guest:r>customer_id | Booked:d>invoice_date | Nights:w | Payout ($):m>amount
licenses.csv | customers | License Key:i | Customer:n>customer_id | Email:e | Status:c>status | Created:d>start_date | Expires:d?end_date
Kundenliste.csv | customers | Kunde:n>customer_id | Vertrag:c | MRR:m | Aktiv seit:d>start_date
membresias.csv | customers | Cliente:n>customer_id | Plan:c | Inicio:d>start_date | Vence:d?end_date | Estado:c>status
verkopen.csv | invoices | Bonnr:i>invoice_id | Datum:d>invoice_date | Klant:r>customer_id | Artikel:c | Prijs:m | Totaal:m>amount
orders.csv | invoices | Order #:i>invoice_id | Customer:r>customer_id | Status:c>status | Created:D>invoice_date | Delivery:o | Grand Total:m>amount
activities.csv | costs | Date:d>cost_date | Client:r>customer_id | Project:c | Person:c>person | Time Spent:h>hours | Price:m
members.csv | customers | Member No:i>customer_id | Surname:t | Forename:t | Date of joining:d>start_date | Date left:o>end_date | Subs paid:f
Client List 2025.csv | customers | Client Ref:i>customer_id | Company:n>customer_name | Contact:t | Onboarding Date:d>start_date | Offboarded:o>end_date | Account Manager:c
subscribers.csv | customers | Email Address:e?customer_id | First Name:t | Subscribed On:d>start_date | Unsubscribed On:o>end_date | Last Opened:D
accounts.csv | customers | Account Number:i>customer_id | Account Name:n>customer_name | Activated:d>start_date | Deactivated:o>end_date | Next Renewal:d
patients.csv | customers | Patient ID:i>customer_id | Name:n>customer_name | DOB:b | Registered:d>start_date | Last Visit:d
tenants.csv | customers | Tenant:n>customer_id | Unit:c | Moved In:d>start_date | Moved Out:o>end_date | Rent:m
customers.csv | customers | Customer:n>customer_id | Since:d>start_date | Status:c>status | MRR:m
gym members.csv | customers | Membership Number:i>customer_id | Membership Start:d>start_date | Membership End:o>end_date | Date of Birth:b
users_export.csv | customers | User ID:i>customer_id | Username:n | Email:e | Registered At:D>start_date | Last Login:D | Is Active:f>status
donors.csv | customers | Donor ID:i>customer_id | Donor Name:n>customer_name | First Gift:d | Enrolled:d>start_date
clients.csv | customers | Client:n>customer_id | Commenced:d>start_date | Terminated:o>end_date | Fee:m
Kunden.csv | customers | Kd.-Nr.:i>customer_id | Firma:n>customer_name | Ort:c | Kunde seit:d>start_date | Gekündigt am:o>end_date
Mitgliederliste.csv | customers | Nr.:i>customer_id | Name:t>customer_name | Geburtstag:b | Beitritt:d>start_date | Austritt:o>end_date
Abonnenten 2025.csv | customers | Abo-Nr:i>customer_id | Abonnent:n | Abobeginn:d>start_date | Aboende:o>end_date
mieter.csv | customers | Mieternummer:i>customer_id | Mieter:n | Einzug:d>start_date | Auszug:o>end_date | Kaltmiete:m
kundenliste.csv | customers | Kundennr:i>customer_id | Kundenname:n>customer_name | Anmeldedatum:d>start_date | Abmeldedatum:o>end_date | Letzter Kauf:d
adherents.csv | customers | N° adhérent:i>customer_id | Nom:t>customer_name | Prénom:t | Date de naissance:b | Date d'adhésion:d>start_date | Date de départ:o>end_date
clients.csv | customers | Code client:i>customer_id | Raison sociale:n>customer_name | Date d'entrée:d>start_date | Date de résiliation:o>end_date | Dernier achat:d
abonnes.csv | customers | Identifiant:i>customer_id | Courriel:e | Abonné depuis:d>start_date | Désabonné le:o>end_date
socios.csv | customers | Nº socio:i>customer_id | Nombre:n>customer_name | Fecha de ingreso:d>start_date | Fecha de baja:o>end_date | Fecha nacimiento:b
clientes.csv | customers | Código:i>customer_id | Razón social:n>customer_name | Fecha alta:d>start_date | Última compra:d | Estado:c>status
suscriptores.csv | customers | Correo:e?customer_id | Fecha de suscripción:d>start_date | Fecha de cancelación:o>end_date
clienti.csv | customers | Codice cliente:i>customer_id | Ragione sociale:n>customer_name | Cliente dal:d>start_date | Data cessazione:o>end_date | P.IVA:i
soci.csv | customers | N. tessera:i>customer_id | Cognome:t | Nome:t | Data di nascita:b | Data iscrizione:d>start_date | Data dimissioni:o>end_date
klanten.csv | customers | Klantnummer:i>customer_id | Bedrijfsnaam:n>customer_name | Klant sinds:d>start_date | Opgezegd per:o>end_date
ledenlijst.csv | customers | Lidnummer:i>customer_id | Naam:n>customer_name | Geboortedatum:b | Lid sinds:d>start_date | Uitschrijfdatum:o>end_date
clientes.csv | customers | Código do cliente:i>customer_id | Nome:n>customer_name | Data de cadastro:d>start_date | Data de cancelamento:o>end_date | Última compra:d
assinantes.csv | customers | ID:i>customer_id | Assinante:n | Início da assinatura:d>start_date | Fim da assinatura:o>end_date | Status:c>status
sales.csv | invoices | Receipt No:i>invoice_id | Sold On:d>invoice_date | Customer Name:r?customer_id | Net Total:m>amount | Cashier:c
invoices 2025.csv | invoices | Inv No:i>invoice_id | Inv Date:d>invoice_date | Client Code:r>customer_id | Net:m>amount | VAT:m | Gross:m
orders.csv | invoices | Order #:i>invoice_id | Ordered At:D>invoice_date | Customer Email:r?customer_id | Order Total:m>amount | Shipped Date:o
bookings.csv | invoices | Booking Ref:i>invoice_id | Booked On:d>invoice_date | Guest:r>customer_id | Amount:m>amount | Check-in:d | Check-out:d
payments.csv | invoices | Transaction ID:i>invoice_id | Date:D>invoice_date | Member:r>customer_id | Amount Charged:m>amount | Method:c
donations.csv | invoices | Donation ID:i>invoice_id | Donor:r>customer_id | Donation Date:d>invoice_date | Donation Amount:m>amount
billing.csv | invoices | Bill Number:i>invoice_id | Billed On:d>invoice_date | Account:r>customer_id | Total Amount:m>amount | Due Date:d | Balance:m
gst_report.csv | invoices | Invoice No:i>invoice_id | Order ID:i | Invoice Date:d>invoice_date | Customer:r>customer_id | State:c | Invoice Total:m>amount
customers open items.csv | invoices | Invoice Number:i>invoice_id | Customer:r>customer_id | Issued:d>invoice_date | Due:d | Invoice Total:m>amount | Open Balance:m | Days Overdue:w
Rechnungen.csv | invoices | RechnungsNr:i>invoice_id | RechnungsDatum:d>invoice_date | KundenNr:r>customer_id | Nettosumme:m>amount | USt:m | Bruttosumme:m | Fällig am:d
Umsätze.csv | invoices | Beleg-Nr.:i>invoice_id | Belegdatum:d>invoice_date | Kunde:r>customer_id | Umsatz netto:m>amount
bestellungen.csv | invoices | Bestell-Nr.:i>invoice_id | Bestelldatum:d>invoice_date | Kundin/Kunde:r>customer_id | Gesamtpreis:m>amount | Versanddatum:d
Verkäufe.csv | invoices | Auftragsnr:i>invoice_id | Verkaufsdatum:d>invoice_date | Käufer:r>customer_id | Summe:m>amount
factures.csv | invoices | N° facture:i>invoice_id | Date facture:d>invoice_date | Client:r>customer_id | Total HT:m>amount | TVA:m | Total TTC:m | Échéance:d
ventes.csv | invoices | Date de vente:d>invoice_date | Acheteur:r>customer_id | Montant:m>amount | Mode de paiement:c
commandes.csv | invoices | Réf. commande:i>invoice_id | Commandé le:d>invoice_date | Client:r>customer_id | Montant total:m>amount | Date de livraison:d
facturas.csv | invoices | Nº de factura:i>invoice_id | Fecha emisión:d>invoice_date | Cliente:r>customer_id | Base imponible:m>amount | IVA:m | Total:m | Fecha vencimiento:d
pedidos.csv | invoices | Nº pedido:i>invoice_id | Fecha del pedido:d>invoice_date | Comprador:r>customer_id | Importe total:m>amount | Fecha de entrega:d
fatture.csv | invoices | Numero fattura:i>invoice_id | Data fattura:d>invoice_date | Cliente:r>customer_id | Imponibile:m>amount | IVA:m | Totale:m | Scadenza:d
vendite.csv | invoices | Data vendita:d>invoice_date | Cliente:r>customer_id | Importo:m>amount | Metodo:c
ordini.csv | invoices | N. ordine:i>invoice_id | Data ordine:d>invoice_date | Codice cliente:r>customer_id | Totale ordine:m>amount | Data spedizione:d
facturen.csv | invoices | Factuurnr:i>invoice_id | Factuurdatum:d>invoice_date | Debiteurnr:r>customer_id | Bedrag excl. BTW:m>amount | BTW-bedrag:m | Vervaldatum:d
bestellingen.csv | invoices | Bestelnummer:i>invoice_id | Besteldatum:d>invoice_date | Klant:r>customer_id | Totaalbedrag:m>amount | Leverdatum:d
faturas.csv | invoices | Nº da fatura:i>invoice_id | Data de emissão:d>invoice_date | Cliente:r>customer_id | Valor líquido:m>amount | Vencimento:d
vendas.csv | invoices | Data da venda:d>invoice_date | Comprador:r>customer_id | Valor total:m>amount
tickets.csv | tickets | Ticket #:i>ticket_id | Opened On:D>created_at | Closed On:D>resolved_at | Requester Email:r | Subject:t>subject | Assigned Agent:c
support cases.csv | tickets | Case No:i>ticket_id | Raised On:D>created_at | First Reply On:D>first_response_at | Resolved On:D>resolved_at | Client:r>customer_id
helpdesk.csv | tickets | Request ID:i>ticket_id | Logged:D>created_at | Time to Resolve (hours):h>resolution_duration | Customer:r>customer_id | Last Updated:D
Tickets.csv | tickets | Ticket-Nr.:i>ticket_id | Eröffnet:D>created_at | Gelöst:D>resolved_at | Kunde:r>customer_id | Letzte Änderung:D
anfragen.csv | tickets | Vorgangsnr:i>ticket_id | Eingang:D>created_at | Erledigt am:D>resolved_at | Kundennummer:r>customer_id
demandes.csv | tickets | N° demande:i>ticket_id | Créé le:D>created_at | Résolu le:D>resolved_at | Client:r>customer_id | Objet:t>subject
incidencias.csv | tickets | Nº incidencia:i>ticket_id | Fecha apertura:D>created_at | Fecha cierre:D>resolved_at | Cliente:r>customer_id | Última actualización:D
segnalazioni.csv | tickets | N. ticket:i>ticket_id | Aperto il:D>created_at | Chiuso il:D>resolved_at | Cliente:r>customer_id | Oggetto:t>subject
meldingen.csv | tickets | Meldingsnummer:i>ticket_id | Aangemaakt op:D>created_at | Opgelost op:D>resolved_at | Klant:r>customer_id | Onderwerp:t>subject
chamados.csv | tickets | Nº chamado:i>ticket_id | Aberto em:D>created_at | Resolvido em:D>resolved_at | Cliente:r>customer_id | Assunto:t>subject
feedback.csv | surveys | Response ID:i>response_id | Submitted:D>responded_at | Customer:r>customer_id | Overall satisfaction:s>score | Comments:t>comment
reviews.csv | surveys | Review Date:d>responded_at | Reviewer:n | Stars:s>score | Review Text:t>comment
nps.csv | surveys | Survey Date:d>responded_at | Client ID:r>customer_id | How likely is it that you would recommend us to a friend?:S>score | Why?:t
umfrage.csv | surveys | Datum:d>responded_at | Kundennr:r>customer_id | Zufriedenheit (1-5):s>score | Kommentar:t>comment
enquete.csv | surveys | Date de réponse:d>responded_at | Client:r>customer_id | Note de satisfaction:s>score | Commentaires:t>comment
encuesta.csv | surveys | Fecha:d>responded_at | Cliente:r>customer_id | ¿Qué tan satisfecho está?:s>score | Comentarios:t>comment
sondaggio.csv | surveys | Data:d>responded_at | Cliente:r>customer_id | Soddisfazione:s>score | Commenti:t>comment
enquete.csv | surveys | Datum:d>responded_at | Klantnummer:r>customer_id | Tevredenheid:s>score | Opmerkingen:t>comment
pesquisa.csv | surveys | Data da resposta:d>responded_at | Cliente:r>customer_id | Satisfação:s>score | Comentário:t>comment
expenses.csv | costs | Date:d>cost_date | Vendor:c | Category:c>category | Amount:m>amount
timesheet.csv | costs | Day:d>cost_date | Employee:c>person | Client:r>customer_id | Hours Worked:h>hours | Hourly Cost:m>rate
Stundenzettel.csv | costs | Tag:d>cost_date | Mitarbeiterin:c>person | Kunde:r>customer_id | Stunden:h>hours | Verrechnungssatz:m?rate
temps.csv | costs | Date:d>cost_date | Collaborateur:c>person | Client:r>customer_id | Heures:h>hours | Taux horaire:m>rate
gastos.csv | costs | Fecha:d>cost_date | Proveedor:c | Categoría:c>category | Importe:m>amount
spese.csv | costs | Data:d>cost_date | Categoria:c>category | Importo:m>amount | Fornitore:c
urenregistratie.csv | costs | Datum:d>cost_date | Medewerker:c>person | Klant:r>customer_id | Uren:h>hours
despesas.csv | costs | Data:d>cost_date | Categoria:c>category | Valor:m>amount | Fornecedor:c
issues.csv | tickets | Vehicle No:c | Client:r>customer_id | Issue:t | Status:c | Priority:c | Assigned To:c | Created At:D>created_at | Completed At:D>resolved_at
maintenance_report.csv | tickets | Tenant:r>customer_id | Unit:c | Issue:t | Description:t | Date:d>created_at | Status:c
tickets.csv | tickets | Ticket #:i>ticket_id | Subject:t | Creation Date [yyyy-MM-dd HH:mm:ss z]:D>created_at | Priority:c
calificaciones.csv | surveys | ID Pedido:i | Cliente:r>customer_id | Puntuación:s>score | Comentario:t | Fecha:d>responded_at
feedback.csv | surveys | ID:i>response_id | Client:r>customer_id | Rating:s>score | Comment:t | Date:d>responded_at | Response:t | Response Date:d
responses.csv | surveys | Response ID:x>response_id | Respondent ID:z | Submitted At:D>responded_at | Q1 How satisfied are you with our service?:s>score
wine.csv | none | Title:n | Year:z | Rating:s | Comment:t
evaluacion_tecnica.csv | none | Proveedor:r | Criterio:c | Peso:w | Puntuación:s | Comentarios:t
downtime_log.csv | none | Reported On:d | Machine:c | Reason:t | Is Resolved:f | Resolved On:o | Downtime (Mins):w
ventes.csv | invoices | Date:d>invoice_date | N° ticket:i>invoice_id | Vendeur:c | Montant:m>amount
recensioni.csv | surveys | idrecensione:x>response_id | valutazione:s>score | data:d>responded_at | username:r?customer_id | nomeprodotto:c
avis_prestataires.csv | surveys | id:x>response_id | prestataire:c | utilisateur_nom:r?customer_id | note:s>score | date_creation:D>responded_at
feedback.csv | surveys | Feedback ID:x>response_id | Submitted By:r?customer_id | User Role:c | Rating Score:s>score
Stimmen.csv | surveys | id:x>response_id | name:n?customer_id | sterne:s>score | zeit:D>responded_at
auswertung.csv | none | Filiale:z | Datum:d | Frage-ID:i | Frage:t | Bewertung:s | Kommentar:t
audits.csv | none | Audit Title:c | Location:c | Auditor:c | Score:w | Date:d
call_logs.csv | none | Date:D | Direction:c | Caller:r | Duration:k | Summary:t | Ticket:i
votes.csv | none | voter:r | candidate:r | election:c | timestamp:D
backlog.csv | tickets | CHAMADO:i>ticket_id | SOLICITANTE:r>customer_id | ESTADO:c | DATA ABERTURA:D>created_at | DATA SOLUÇÃO:D>resolved_at
eintraege.csv | tickets | Kunde:r>customer_id | Problem:t>subject | Lösung:t | Erledigt:f | Datum:d>created_at
class feedback.csv | surveys | Timestamp:D>responded_at | Your name (optional):r?customer_id | How was the class?:s>score | Anything to add?:t
iscritti.csv | customers | Codice:i>customer_id | Nome e cognome:n>customer_name | Iscritto il:d>start_date | Disdetta il:o>end_date
Kunden.csv | customers | Kd-Nr:i>customer_id | Firma:n>customer_name | Wartungsvertrag seit:d>start_date | Gekündigt zum:o>end_date
patients.csv | customers | N° dossier:i>customer_id | Nom:n | Prénom:n | Inscrit le:d>start_date | Parti le:o>end_date
Maschinenliste.csv | none | Serien-Nr:i | Typ:c | Standort:c
bugs.csv | none | Bug ID:i | Title:t | Severity:c | Status:c | Assignee:c | Created:d
trades.csv | none | Ticket:i | Pair:c | Lots:m | Entry:m | Exit:m | Status:c | Opened:D | Closed:D
rendez_vous.csv | none | ID RDV:x | Visiteur:n | Heure début:k | Heure fin:k | Motif:t | Sujet:t | Statut:c | Priorité:c | Date création:d
guest-list.csv | none | Guest ID:i | Guest Name:n | RSVP:f | Responded Date:d
studenten.csv | none | naam:n | cijfer:s
employees.csv | none | Employee ID:i | Name:n | Department:c | Hire Date:d | Termination Date:o | Salary:m
staff list.csv | none | ID:i | Name:n | Email:e | Start Date:d | End Date:o | Status:c
vendors.csv | none | Vendor ID:i | Vendor Name:n | Since:d | Status:c
quotes.csv | none | Quote No:i | Date:d | Customer:r | Total:m | Valid Until:d
Angebote.csv | none | Angebotsnr:i | Datum:d | Kunde:r | Betrag:m
leads.csv | none | Lead ID:i | Name:n | Email:e | Created:D | Status:c
payroll.csv | none | Employee:n | Pay Date:d | Gross Pay:m | Net Pay:m
products.csv | none | SKU:i | Name:n | Price:m | Created At:D | Status:c
inventory.csv | none | Item:n | Quantity:w | Unit Cost:m | Last Restocked:d
fournisseurs.csv | none | Code:i | Raison sociale:n | Date de création:d | Statut:c
proveedores.csv | none | Código:i | Nombre:n | Fecha alta:d | Estado:c
fornitori.csv | none | Codice:i | Ragione sociale:n | Data inizio:d
personeel.csv | none | Personeelsnummer:i | Naam:n | In dienst:d | Uit dienst:o
funcionarios.csv | none | Matrícula:i | Nome:n | Data de admissão:d | Salário:m
purchase_orders.csv | none | PO Number:i | Supplier:r | Order Date:d | Total:m
urlaub.csv | none | Mitarbeiter:r | Beginn:d | Ende:d | Tage:w
events.csv | none | Event:n | Start:D | End:D | Location:c
devices.csv | none | Serial Number:i | Assigned To:r | Purchase Date:d | Warranty End:d
projects.csv | none | Project:n | Start Date:d | End Date:d | Budget:m | Status:c
client_roster.csv | customers | client_code:i>customer_id | client_name:n>customer_name | engagement_start:d>start_date | engagement_end:o>end_date | retainer:m
subscription_list.csv | customers | Subscriber ID:i>customer_id | Plan:c | Started:d>start_date | Canceled:o>end_date | Trial End:o
Members Master.csv | customers | Membership ID:i>customer_id | Name:n>customer_name | Date of Birth:b | Enrollment Date:d>start_date | Expiration:d?end_date
crm_accounts.csv | customers | Account ID:i>customer_id | Account Owner:c | Became Customer:d>start_date | Churned On:o>end_date | Last Activity:d
customers_backup.csv | customers | cust_no:i>customer_id | fname:t | lname:t | reg_date:d>start_date | last_order_date:d
students.csv | customers | Student ID:i>customer_id | Name:n>customer_name | Admission Date:d>start_date | Withdrawal Date:o>end_date
pool_members.csv | customers | Name:n?customer_id | E-mail:e?customer_id | Joined:d>start_date | Status:c>status
kundendaten.csv | customers | KundenID:i>customer_id | Nachname:t | Registrierungsdatum:d>start_date | Letzte Bestellung:d | Umsatz:m
Vertragsliste.csv | customers | Vertragsnummer:i>customer_id | Kunde:n | Vertragsbeginn:d>start_date | Vertragsende:o>end_date
liste_membres.csv | customers | Numéro de membre:i>customer_id | Nom complet:n>customer_name | Date d'inscription:d>start_date | Date de sortie:o>end_date
patients.csv | customers | N° patient:i>customer_id | Nom:t>customer_name | Né le:b | Première visite:d | Inscrit le:d>start_date
alumnos.csv | customers | Matrícula:i>customer_id | Alumno:n | Fecha de inscripción:d>start_date | Fecha de baja:o>end_date
abbonati.csv | customers | Codice abbonato:i>customer_id | Nominativo:n>customer_name | Data attivazione:d>start_date | Data disdetta:o>end_date
donateurs.csv | customers | Relatienummer:i>customer_id | Naam:n>customer_name | Startdatum:d>start_date | Einddatum:o>end_date
alunos.csv | customers | Código:i>customer_id | Nome:n>customer_name | Data de nascimento:b | Data de matrícula:d>start_date | Data de saída:o>end_date
sales_ledger.csv | invoices | Date of Sale:d>invoice_date | Sold To:r>customer_id | Net Amount:m>amount | Ref:i>invoice_id
stripe_like_charges.csv | invoices | id:i>invoice_id | created:D>invoice_date | amount:m>amount | customer:r>customer_id | fee:m
invoice register.csv | invoices | Document No.:i>invoice_id | Posting Date:d>invoice_date | Sell-to Customer No.:r>customer_id | Amount:m>amount | Amount Including VAT:m
till.csv | none | Time:D | Drawer:c | Float:m
receipts_2025.csv | invoices | Receipt Number:i>invoice_id | Receipt Date:d>invoice_date | Received From:r | Amount:m>amount | Payment Mode:c
order_history.csv | invoices | Order Number:i>invoice_id | Date Placed:d>invoice_date | Customer:r>customer_id | Subtotal:m?amount | Shipping:m | Total:m?amount
rechnungsliste.csv | invoices | Rg-Nr:i>invoice_id | Rg-Datum:d>invoice_date | Kd-Nr:r>customer_id | Netto:m>amount | Brutto:m | Bezahlt am:o
Ausgangsrechnungen.csv | invoices | Nummer:i>invoice_id | Ausgestellt am:d>invoice_date | Debitor:r>customer_id | Betrag netto:m>amount | Zahlungsziel:d
kasse.csv | invoices | Bon-Nr:i>invoice_id | Zeitpunkt:D>invoice_date | Kunde:r>customer_id | Summe:m>amount
livre_des_ventes.csv | invoices | N° pièce:i>invoice_id | Date:d>invoice_date | Client:r>customer_id | Montant HT:m>amount | Montant TVA:m
encaissements.csv | invoices | Date d'encaissement:d>invoice_date | Client:r>customer_id | Montant encaissé:m>amount
ventas_2025.csv | invoices | Folio:i>invoice_id | Fecha de venta:d>invoice_date | Cliente:r>customer_id | Monto:m>amount | Vendedor:c
registro_fatture.csv | invoices | N. documento:i>invoice_id | Data documento:d>invoice_date | Intestatario:r>customer_id | Totale imponibile:m>amount | Imposta:m
corrispettivi.csv | invoices | Data:d>invoice_date | Cliente:r>customer_id | Importo netto:m>amount
verkopen.csv | invoices | Datum:d>invoice_date | Klant:r>customer_id | Bedrag:m>amount | Omschrijving:t
notas_fiscais.csv | invoices | Número NF:i>invoice_id | Data emissão:d>invoice_date | Cliente:r>customer_id | Valor total:m>amount
support_log.csv | tickets | Case ID:i>ticket_id | Date Opened:D>created_at | Date Closed:D>resolved_at | Client:r>customer_id | Issue:t
service_requests.csv | tickets | SR Number:i>ticket_id | Reported Date:D>created_at | Fixed Date:D>resolved_at | Account:r>customer_id
zgloszenia.csv | none | Foo:t | Bar:c
Störungsmeldungen.csv | tickets | Meldungsnr:i>ticket_id | Gemeldet am:D>created_at | Behoben am:D>resolved_at | Mieter:r>customer_id
reclamations.csv | tickets | N° réclamation:i>ticket_id | Reçue le:D>created_at | Traitée le:D>resolved_at | Client:r>customer_id
soporte.csv | tickets | ID caso:i>ticket_id | Creado:D>created_at | Resuelto:D>resolved_at | Cliente:r>customer_id
klachten.csv | tickets | Klachtnummer:i>ticket_id | Ontvangen op:D>created_at | Afgehandeld op:D>resolved_at | Klant:r>customer_id
customer_feedback.csv | surveys | Date:d>responded_at | Client:r>customer_id | Rating (1-5):s>score | Feedback:t>comment
google_reviews.csv | surveys | Reviewer Name:n?customer_id | Posted:d>responded_at | Star Rating:s>score | Review:t>comment
exit_survey.csv | surveys | Completed On:D>responded_at | Member ID:r>customer_id | Satisfaction Score:s>score
kundenzufriedenheit.csv | surveys | Datum:d>responded_at | Kunde:r>customer_id | Gesamtnote:s>score
avis_clients.csv | surveys | Date:d>responded_at | Client:r>customer_id | Note sur 10:S>score | Avis:t
opiniones.csv | surveys | Fecha:d>responded_at | Cliente:r>customer_id | Valoración:s>score | Opinión:t
recensioni.csv | surveys | Data recensione:d>responded_at | Cliente:r>customer_id | Voto:s>score | Testo:t>comment
work_hours.csv | costs | Date:d>cost_date | Consultant:c | Client:r>customer_id | Billable Hours:h>hours | Project:c
project_costs.csv | costs | Date:d>cost_date | Cost Type:c>category | Cost:m>amount | Customer No:r>customer_id
Arbeitszeiten.csv | costs | Datum:d>cost_date | Name:c>person | Projekt:c | Std.:h>hours
depenses.csv | costs | Date:d>cost_date | Fournisseur:c | Montant TTC:m | Montant HT:m>amount
ore_lavorate.csv | costs | Giorno:d>cost_date | Dipendente:c>person | Cliente:r>customer_id | Ore:h>hours
employee_directory.csv | none | Emp No:i | Full Name:n | Joining Date:d | Leaving Date:o | Designation:c
mitarbeiterliste.csv | none | Personalnummer:i | Name:n | Eintrittsdatum:d | Austrittsdatum:o
salaries.csv | none | Employee:n | Date:d | Amount:m
suppliers.csv | none | ID:i | Name:n | Email:e | Created At:D
devis.csv | none | N° devis:i | Date:d | Client:r | Montant HT:m
presupuestos.csv | none | Número:i | Fecha:d | Cliente:r | Total:m
preventivi.csv | none | Numero:i | Data:d | Cliente:r | Totale:m
offertes.csv | none | Offertenummer:i | Datum:d | Klant:r | Bedrag:m
orcamentos.csv | none | Número:i | Data:d | Cliente:r | Valor:m
prospects.csv | none | ID:i | Company:n | Created:d | Status:c
articles.csv | none | Référence:i | Désignation:n | Prix HT:m | Date de création:d
vehicles.csv | none | Plate:i | Model:c | Registration Date:d | Sold Date:o
job applications.csv | none | Candidate:n | Applied On:d | Status:c
training.csv | none | Participant:n | Start Date:d | End Date:d | Score:s
export.csv | none | Employee ID:i | Name:n | Start Date:d | End Date:o | Salary:m
data.csv | none | Quote Number:i | Customer:r | Date:d | Amount:m | Status:c
bills.csv | none | Bill No:i | Supplier:r | Bill Date:d | Amount:m
bank.csv | none | Date:d | Description:t | Debit:m | Credit:m | Balance:m
customers_vagaro.csv | customers | Name:n?customer_id | Amount Paid:m | Email:e?customer_id | Birthdate:b | Customer Since:d>start_date | Last Visited:d | Points Earned:w
customers.csv | customers | external_id:i>customer_id | created_at:D>start_date | signup_source:c | country:c | plan_tier:c | is_active:f>status
customers.csv | customers | id:i>customer_id | fullName:n>customer_name | company:c | dateJoined:d>start_date | updatedAt:D
kunden_bibliothek.csv | customers | KundenID:i>customer_id | Name:n>customer_name | Geburtsdatum:b | EndeMitgliedschaft:d?end_date | Ausgeliehen:w
accounts.csv | customers | account_id:i>customer_id | account_name:n>customer_name | industry:c | signup_date:d>start_date | referral_source:c | seats:w | is_trial:f | churn_flag:f>status
members.csv | customers | User name:n?customer_id | First Name:t | Last Name:t | Email:e?customer_id | Membership Start:d>start_date
library_patrons.csv | customers | Card Number:i>customer_id | Patron Name:n>customer_name | Date Issued:d | Expiry Date:d?end_date
orders.csv | invoices | Order ID:i>invoice_id | Order Date:D>invoice_date | Customer ID:r>customer_id | Status:c>status | Total Amount:m>amount | Items Count:w | Shipping Address:t
orders-export.csv | invoices | Order Date:d>invoice_date | Customer ID:r>customer_id | Customer Name:n | Customer Email:e | Product SKU:c | Quantity:w | Unit Price:m | Total:m>amount
orders_bdt.csv | invoices | Order ID:i>invoice_id | Order Date:d>invoice_date | Customer Name:r?customer_id | Customer Email:e?customer_id | Status:c>status | Total Amount (BDT):m>amount | Delivery Fee (BDT):m
orders.csv | invoices | SL:w | Order ID:i>invoice_id | Order Date:d>invoice_date | Customer:r>customer_id | Total Amount:m>amount | Status:c>status
open_orders.csv | invoices | Order #:i>invoice_id | Order Date:d>invoice_date | Customer ID:r>customer_id | Salesperson:c | Net Amount:m>amount | Balance Amount:m | Status:c>status
gst_report.csv | invoices | Order #:i>invoice_id | Order date:d>invoice_date | Customer:r>customer_id | Delivery country:c | GST type:c | Value without tax:m>amount | GST:m | Total with tax:m | Payment status:c>status
orders_inr.csv | invoices | Order ID:i>invoice_id | Order Date:d>invoice_date | Customer Name:r?customer_id | Mobile:i?customer_id | Total Revenue (INR):m>amount | Status:c>status
sales.csv | invoices | Order Date:d>invoice_date | Customer Name:r?customer_id | Revenue:m>amount | Product:c | City:c
gst_b2b.csv | invoices | Invoice Number:i>invoice_id | Invoice Date:d>invoice_date | Customer Name:r?customer_id | Customer GSTIN:r | Place of Supply:c | Invoice Value:m | Taxable Value:m>amount | CGST Amount:m | SGST Amount:m | Quantity:w | Rate:m
quickbooks_sync.csv | invoices | Invoice Number:i>invoice_id | Invoice Date:d>invoice_date | Due Date:d | Amount:m>amount | Status:c>status | Payment Type:c | Job Number:i | Customer Name:r?customer_id | Customer Email:e?customer_id
invoices.csv | invoices | inv_no:i>invoice_id | inv_date:d>invoice_date | customer:r>customer_id | amt_billed:m>amount | paid_date:o | amt_paid:m | taxes:m
invoices.csv | invoices | Reference:i>invoice_id | Created:d>invoice_date | Client:r>customer_id | Description:t | Terms:w | Due:d | Total Price:m>amount | Status:c>status
invoice_register.csv | invoices | invoiceNo:i>invoice_id | invoiceDate:d>invoice_date | due:d | fulfilment:d | customerId:r>customer_id | totalNet:m>amount | totalVat:m
client_invoices.csv | invoices | amount_excluding_tax:m>amount | invoice_number:i>invoice_id | invoiced_date:d>invoice_date | vat:m | is_paid:f | currency:c>currency | client_id:r>customer_id
facturas.csv | invoices | FECHA:d>invoice_date | NUMERO DE FACTURA:i>invoice_id | NOMBRE:r?customer_id | RFC:r | MONTO:m>amount | FECHA DE PAGO:o
commandes.csv | invoices | ID Commande:i>invoice_id | ID Client:r>customer_id | Etat Commande:c>status | Date d'Expedition:d | Date de commande:d>invoice_date | Prix total:m>amount
facturen.csv | invoices | contractnummer:r | email:e?customer_id | periode:c | factuurdatum:d>invoice_date | bedrag:m>amount | status:c>status
requests.csv | tickets | Request ID:i>ticket_id | Subject:t | Technician.Name:c | Requester.Name:r?customer_id | Created Date:D>created_at | Completed Time:D>resolved_at | Last Updated Time:D | Responded Time:D>first_response_at
support_tickets.csv | tickets | ticket_id:i>ticket_id | customer_id:r>customer_id | priority:c | category:c | created_at:D>created_at | resolved_at:D>resolved_at | resolution_time_hours:h>resolution_duration | assigned_to:c
tickets.csv | tickets | number:i>ticket_id | opened_at:D>created_at | resolved_at:D>resolved_at | closed_at:D | assignment_group:c | work_notes:t
survey.csv | surveys | respondent_id:i>response_id | submitted_at:D>responded_at | city:c | age:w | nps:S>score | open_feedback:t
reviews.csv | surveys | ReviewId:i>response_id | AuthorName:r | Rating:s>score | Review:t | DateSubmitted:d>responded_at | DateModified:o | Likes:w
app_reviews.csv | surveys | Rating:s>score | Review:t | Date:d>responded_at | Version:c
customer_reviews.csv | surveys | product_name:c | email:e?customer_id | rating:s>score | review:t | date_reviewed:d>responded_at
time_entries.csv | costs | Date:d>cost_date | Project:c | Activity:c | Start Time:t | End Time:t | Duration (Hours):h>hours | Hourly Rate:m?rate | Earnings:m | Description:t
timesheet.csv | costs | Employee ID:r>person | Employee Name:c | Project ID:c | Hours Date:d>cost_date | Entered Hours:h>hours | Comments:t | Billing Rate:m?rate
timesheet.csv | costs | Name:c>person | Role:c>role | Activity:c | Description:t | Date:d>cost_date | Working Hours:h>hours
expenses_template.csv | costs | Datum:d>cost_date | Lieferant:c | Beschreibung:t | Kategorie:c | Netto:m>amount | USt:m | Brutto:m
payables.csv | none | Payee Identifier:i | Payee Name:r | Check Number:i | Invoice Number:i | Invoice Date:d | Payment Date:d | Net Amount:m
purchase_register.csv | none | Supplier GSTIN:r | Supplier Name:r | Invoice Number:i | Invoice Date:d | Taxable Value:m | Total Amount:m
vendor_invoices.csv | none | invoice_no:i | vendor:r | date:d | currency:c | subtotal:m | tax:m | total:m
equipment.csv | none | num_serie:i | fabricante:c | fornecedor:r | nota_fiscal:i | data_compra:d | situacao:c
kontoauszug.csv | none | Buchungstag:d | Valuta:d | Betrag:m | Auftraggeber/Empfaenger:r | Verwendungszweck:t
candidates.csv | none | client_name:r | candidate_name:n | phone_primary:i | priority:c | tat_hours:w | client_case_id:i
jobs.csv | none | job_id:i | title:t | budget:m | client_member_since:d | total_job_posted:w
salon_bookings.csv | invoices | Appointment Date:d?invoice_date | Customer:r>customer_id | Service:c | Employee:c | Price:m>amount
retail_sales.csv | invoices | Transaction ID:i>invoice_id | Date:d>invoice_date | Customer ID:r>customer_id | Gender:c | Age:w | Product Category:c | Quantity:w | Price per Unit:m | Total Amount:m>amount
online_retail.csv | invoices | InvoiceNo:i>invoice_id | StockCode:c | Description:t | Quantity:w | InvoiceDate:D>invoice_date | UnitPrice:m | CustomerID:r>customer_id | Sales:m>amount
superstore.csv | invoices | Row ID:i | Order ID:r>invoice_id | Order Date:d>invoice_date | Ship Date:d | Customer ID:r>customer_id | Customer Name:r | Segment:c | Sales:m>amount | Quantity:w | Discount:m | Profit:m
stripe_like.csv | invoices | Charge ID:i>invoice_id | Created (UTC):D>invoice_date | Amount:m>amount | Customer Email:r?customer_id | Status:c>status
netflix_users.csv | customers | User ID:i>customer_id | Subscription Type:c | Join Date:d>start_date | Last Payment Date:d | Monthly Revenue:m | Device:c
policies.csv | customers | Policy Number:i>customer_id | Insured Name:n>customer_name | Inception Date:d>start_date | Expiry Date:d?end_date | Premium:m
gymmembers.csv | customers | member_id:i>customer_id | name:n>customer_name | joined_on:d>start_date | membership_type:c | frozen:f | quit_on:o>end_date
tenants.csv | customers | Tenant Name:n?customer_id | Lease Start:d>start_date | Lease End:o?end_date | Monthly Rent:m
subscribers.csv | customers | subscriber_id:i>customer_id | opted_in_at:D>start_date | unsubscribed_at:o>end_date | source:c
saas.csv | customers | workspace_id:i>customer_id | workspace_name:n>customer_name | plan:c | activated_on:d>start_date | cancelled_on:o>end_date | mrr:m
chamados.csv | tickets | Protocolo:i>ticket_id | Data de abertura:D>created_at | Data de encerramento:D>resolved_at | Solicitante:r>customer_id | Prioridade:c
Tickets_2025.csv | tickets | Ticket ID:i>ticket_id | Customer Name:r?customer_id | Ticket Subject:t | Date Created:D>created_at | First Response Time:D>first_response_at | Time to Resolution:D>resolved_at | Customer Satisfaction Rating:s
customer_list.csv | customers | Customer Code:i>customer_id | Customer:n>customer_name | Reg. Date:d>start_date | Last Purchase Date:d | Total Spent:m | Status:c>status
clients.csv | customers | client_id:i>customer_id | business_name:n | contract_start_date:d>start_date | contract_end_date:o>end_date | monthly_fee:m
Account List.xlsx.csv | customers | Acct #:i>customer_id | Acct Name:n>customer_name | Go-Live:d>start_date | Churn Date:o>end_date | CSM:c | ARR:m
isp_subscribers.csv | customers | Subscriber No:i>customer_id | Connection Date:d>start_date | Disconnection Date:o>end_date | Package:c | Monthly Bill:m
box_customers.csv | customers | email_address:e?customer_id | first_box_date:d | subscribed_at:D>start_date | cancelled_at:o>end_date | boxes_received:w
parishioners.csv | customers | Member ID:i>customer_id | Family Name:t | Date Joined:d>start_date | Date Left:o>end_date | Baptism Date:b
hosting_clients.csv | customers | Client #:i>customer_id | Company Name:n>customer_name | Date Created:d>start_date | Status:c>status | Next Due Date:d
crossfit.csv | customers | Athlete:n?customer_id | Email:e?customer_id | Membership Began:d>start_date | Membership Ended:o>end_date
telecom.csv | customers | customerid:i>customer_id | joindate:d>start_date | enddate:o>end_date | plantype:c
sellers_sales.csv | invoices | saledate:d>invoice_date | clientname:r?customer_id | saleamount:m>amount | invoiceno:i>invoice_id
invoices_sent.csv | invoices | Invoice:i>invoice_id | Sent:d?invoice_date | Client:r>customer_id | Amount:m>amount | Paid?:f
income_2024.csv | invoices | Date received:d?invoice_date | From:r | Amount (£):m>amount | Invoice ref:i>invoice_id
tuition_payments.csv | invoices | Payment Date:d>invoice_date | Student ID:r>customer_id | Amount Paid:m>amount | Receipt No.:i>invoice_id
cafe_sales.csv | invoices | Transaction ID:i>invoice_id | Item:c | Quantity:w | Price Per Unit:m | Total Spent:m>amount | Transaction Date:d>invoice_date
subscription_charges.csv | invoices | charge_id:i>invoice_id | charged_at:D>invoice_date | subscriber_id:r>customer_id | amount_usd:m>amount | refunded:f
shop.csv | invoices | OrderNumber:i>invoice_id | OrderDate:d>invoice_date | CustomerEmail:r?customer_id | LineTotal:m>amount | Sku:c
jobs_invoiced.csv | invoices | Job No:i | Customer:r>customer_id | Invoice Date:d>invoice_date | Labour:m | Materials:m | Total ex GST:m>amount
complaints.csv | tickets | Complaint ID:i>ticket_id | Date received:d>created_at | Date closed:o>resolved_at | Complainant:r>customer_id | Category:c
calls.csv | tickets | Call ID:i>ticket_id | Caller:r>customer_id | Call Date:D>created_at | Resolved:f | Handle Time:h
service_desk.csv | tickets | Ref:i>ticket_id | Raised:D>created_at | Responded:D>first_response_at | Closed:D>resolved_at | Raised By:r | Site:c
issues_export.csv | tickets | Issue ID:i>ticket_id | Customer:r>customer_id | Created:D>created_at | Closed At:D>resolved_at | Severity:c | Last Comment:D
hotel_reviews.csv | surveys | Review ID:i>response_id | Guest:r>customer_id | Stay Date:d | Reviewed On:d>responded_at | Overall Rating:s>score | Cleanliness:s
nps_2025.csv | surveys | Account:r>customer_id | NPS Score:S>score | Date:d>responded_at | Verbatim:t
hours.csv | costs | Week Ending:d>cost_date | Person:c>person | Customer:r>customer_id | Hrs:h>hours
spend.csv | costs | Posting Date:d>cost_date | GL Account:c | Cost Centre:c | Description:t | Amount:m>amount
trial_balance.csv | none | Account Code:i | Account Name:n | Debit:m | Credit:m
statement.csv | none | Date:d | Narrative:t | Paid out:m | Paid in:m | Balance:m
volunteers.csv | none | Volunteer ID:i | Name:n | Start Date:d | End Date:o | Role:c
student_grades.csv | none | Student ID:r | Subject:c | Exam Date:d | Score:S
assets.csv | none | Asset Tag:i | Description:t | Purchase Date:d | Purchase Price:m | Disposal Date:o
newsletter_campaigns.csv | none | Campaign:n | Sent:D | Opens:w | Clicks:w | Unsubscribes:w
kundenstamm.csv | customers | Kunden-ID:i>customer_id | Firmenname:n>customer_name | Vertragsbeginn:d>start_date | Kündigungsdatum:o>end_date | Monatsbeitrag:m
Schülerliste.csv | customers | Schülernr:i>customer_id | Name:n>customer_name | Unterrichtsbeginn:d>start_date | Abgemeldet zum:o>end_date
Debitoren.csv | customers | Debitorennr.:i>customer_id | Name 1:n>customer_name | Angelegt am:d>start_date | Letzte Buchung:d
rechnungen2024.csv | invoices | Re-Nr.:i>invoice_id | Re-Datum:d>invoice_date | Kunde:r>customer_id | Netto €:m>amount | MwSt €:m | Brutto €:m | bezahlt:f
Serviceanfragen.csv | tickets | Anfrage-ID:i>ticket_id | Erstellt am:D>created_at | Erste Antwort am:D>first_response_at | Geschlossen am:D>resolved_at | Kunden-Nr.:r>customer_id
Feedbackbogen.csv | surveys | Zeitstempel:D>responded_at | Wie zufrieden sind Sie insgesamt?:s>score | Was können wir besser machen?:t
arbeitszeit.csv | costs | Datum:d>cost_date | Mitarbeiter:c>person | Auftraggeber:r>customer_id | Dauer (h):h>hours | Kostensatz:m>rate
liste_clients.csv | customers | Réf client:i>customer_id | Nom:n>customer_name | Date de souscription:d>start_date | Date fin de contrat:o>end_date | Dernière connexion:d
adherents_2025.csv | customers | N° licence:i>customer_id | Nom:t>customer_name | Date de première adhésion:d>start_date | Date de radiation:o>end_date
tickets_sav.csv | tickets | Numéro:i>ticket_id | Date d'ouverture:D>created_at | Date de clôture:D>resolved_at | Client:r>customer_id | Statut:c
enquete_satisfaction.csv | surveys | Horodateur:D>responded_at | Recommanderiez-vous notre service ?:S>score | Commentaire:t
notes_frais.csv | costs | Date:d>cost_date | Nature:c | Montant:m>amount | Client:r>customer_id
clientes_gym.csv | customers | ID Cliente:i>customer_id | Nombre completo:n>customer_name | Fecha inscripción:d>start_date | Fecha vencimiento:d?end_date | Membresía:c
abonados.csv | customers | N° abonado:i>customer_id | Titular:n | Fecha de contratación:d>start_date | Fecha de baja:o>end_date
tickets_soporte.csv | tickets | Folio:i>ticket_id | Fecha de creación:D>created_at | Fecha de solución:D>resolved_at | Cliente:r>customer_id | Prioridad:c
encuesta_nps.csv | surveys | Marca temporal:D>responded_at | ¿Qué tan probable es que nos recomiende?:S>score | Motivo:t
elenco_clienti.csv | customers | ID cliente:i>customer_id | Denominazione:n>customer_name | Data registrazione:d>start_date | Data recesso:o>end_date
fatture_emesse.csv | invoices | N. fattura:i>invoice_id | Data emissione:d>invoice_date | Denominazione cliente:r?customer_id | Imponibile:m>amount | Totale:m
assistenza.csv | tickets | ID richiesta:i>ticket_id | Data apertura:D>created_at | Data chiusura:D>resolved_at | Cliente:r>customer_id
abonnees.csv | customers | Klant-ID:i>customer_id | Naam:n>customer_name | Ingangsdatum:d>start_date | Einddatum abonnement:o>end_date
verkoopfacturen.csv | invoices | Factuurnummer:i>invoice_id | Factuurdatum:d>invoice_date | Relatie:r>customer_id | Totaal excl. btw:m>amount | Totaal incl. btw:m
uren.csv | costs | Datum:d>cost_date | Medewerker:c>person | Klant:r>customer_id | Aantal uren:h>hours | Uurtarief:m?rate
clientes_saas.csv | customers | ID do cliente:i>customer_id | Nome da empresa:n>customer_name | Data de início:d>start_date | Data de término:o>end_date
vendas_loja.csv | invoices | Nº pedido:i>invoice_id | Data do pedido:d>invoice_date | CPF do cliente:r>customer_id | Valor do pedido:m>amount | Frete:m
atendimentos.csv | tickets | Nº protocolo:i>ticket_id | Data de abertura:D>created_at | Data de fechamento:D>resolved_at | Cliente:r>customer_id
Personalliste.csv | none | Pers.-Nr.:i | Name:n | Eintritt:d | Austritt:o | Abteilung:c
bestellungen_lieferanten.csv | none | Bestellnr:i | Lieferant:r | Datum:d | Betrag:m
salaries.csv | none | Matricule:i | Nom:n | Date d'embauche:d | Date de sortie:o | Salaire:m
empleados.csv | none | Legajo:i | Nombre:n | Fecha de ingreso:d | Fecha de egreso:o | Cargo:c
extrato.csv | none | Data:d | Histórico:t | Valor:m | Saldo:m
dipendenti.csv | none | Matricola:i | Nome:n | Data assunzione:d | Data cessazione:o
offertes2025.csv | none | Offertenr:i | Datum:d | Klant:r | Bedrag:m | Status:c
customer_master.csv | customers | CUST_ID:i>customer_id | CUST_NAME:n>customer_name | OPEN_DT:d>start_date | CLOSE_DT:o>end_date | BRANCH:c
customers_2025.csv | customers | Customer Number:i>customer_id | Date of First Purchase:d>start_date | Date of Last Purchase:d | Lifetime Value:m
sales_data.csv | invoices | ORDERNUMBER:i>invoice_id | ORDERDATE:d>invoice_date | CUSTOMERNAME:r?customer_id | SALES:m>amount | QUANTITYORDERED:w | STATUS:c>status
invoices.csv | invoices | Inv #:i>invoice_id | Dt:d>invoice_date | Cust:r>customer_id | Amt:m>amount | Pd:f
webshop.csv | invoices | Order:i>invoice_id | Placed:D>invoice_date | Customer name:r?customer_id | Order value:m>amount | Delivered:o
pos.csv | invoices | Sale ID:i>invoice_id | Sale Time:D>invoice_date | Cashier:c | Customer ID:r>customer_id | Net Sales:m>amount | Tax:m
desk.csv | tickets | Conversation ID:i>ticket_id | Customer:r>customer_id | Started:D>created_at | First reply at:D>first_response_at | Closed at:D>resolved_at
it_tickets.csv | tickets | Ticket Number:i>ticket_id | Opened Date:D>created_at | Resolution Date:D>resolved_at | SLA Due:D | Affected User:r
course_feedback.csv | surveys | Submitted at:D>responded_at | Client:r>customer_id | How would you rate us?:s>score | Suggestions:t
nps.csv | surveys | user_id:r>customer_id | responded_at:D>responded_at | nps_score:S>score | reason:t
kosten_projekte.csv | costs | Datum:d>cost_date | Kunde:r>customer_id | Kosten:m>amount | Kostenart:c
clienti_palestra.csv | customers | Tessera:i?customer_id | Cognome e nome:n>customer_name | Data iscrizione:d>start_date | Scadenza abbonamento:d?end_date
leden.csv | customers | Lidnr:i>customer_id | Naam:n>customer_name | Lid vanaf:d>start_date | Lid tot:o>end_date
mitglieder.csv | customers | Mitgl.-Nr.:i>customer_id | Name:n>customer_name | Eintrittsdatum:d>start_date | Austrittsdatum:o>end_date | Beitrag:m
pedidos_web.csv | invoices | N.º de pedido:i>invoice_id | Fecha y hora:D>invoice_date | Correo del cliente:r?customer_id | Importe (sin IVA):m>amount
interventions.csv | tickets | N° intervention:i>ticket_id | Demandé le:D>created_at | Clôturé le:D>resolved_at | Client:r>customer_id
attendance.csv | none | Date:d | Student:r | Class:c | Present:f
opportunities.csv | none | Opportunity Name:n | Account Name:r | Amount:m | Close Date:d | Stage:c
price_list.csv | none | Product Code:i | Description:t | Net Price:m | Valid From:d
contractors.csv | none | Contractor ID:i | Name:n | Start Date:d | End Date:o | Day Rate:m
deliveries.csv | none | Delivery No:i | Customer:r | Ship Date:d | Carrier:c
loans.csv | none | Loan ID:i | Borrower:n | Issue Date:d | Due Date:d | Principal:m
seller_orders.csv | invoices | order_number:i>invoice_id | order_date:d>invoice_date | order_status:c | gross_amount:m?amount | fee_amount:m | net_amount:m?amount | has_details:f
ticket_metrics.csv | tickets | Ticket Id:i>ticket_id | Subject:t | Status:c | Type:c | Requester Name:r?customer_id | First Response Time (in Hrs):h>first_response_duration | Resolution Time (in Hrs):h>resolution_duration
lexware_export.csv | invoices | Rechnungsnummer:i>invoice_id | Datum:d>invoice_date | Empfänger:r>customer_id | Adresse:t | Beschreibung:t | Betrag:m>amount | Bemerkung:t
responses.csv | surveys | Response ID:i>response_id | Submitted At:D>responded_at | Is Anonymous:f | What is your name?:t | What is your favorite color?:c | Rate our service:s>score
form_answers.csv | surveys | Response ID:i>response_id | Submitted At:D>responded_at | Completion Time:w | Email:e?customer_id | Q1: How would you rate our service?:s>score | Q2: What did you like most?:t
team.csv | none | Employee_ID:i | Name:n | Department:c | Region:c | Q1_Revenue:m | Q2_Revenue:m | Rating:s
client_invoices.csv | invoices | Invoice Id:i>invoice_id | Client:r>customer_id | Issue Date:d>invoice_date | Due Date:d | Amount:m>amount | Currency:t>currency | Status:c
time_import.csv | costs | Date:d>cost_date | Client:r>customer_id | Project:c | Hours:h>hours | Rate:m?rate | Billable:f | Notes:t
repair_orders.csv | invoices | RO Number:i>invoice_id | Customer:r>customer_id | Vehicle:t | Opened:d?invoice_date | Closed:d?invoice_date | Labor Total:m | Parts Total:m | Total:m>amount
abos.csv | customers | AboID:i>customer_id | Kunde:n | Abgeschlossen am:d>start_date | Gekündigt zum:o>end_date
honorare.csv | invoices | Rechnung:i>invoice_id | vom:d>invoice_date | Mandant:r>customer_id | Honorar netto:m>amount
pulse.csv | surveys | Respondent:i?customer_id | Date:d>responded_at | Score:s>score
worklog.csv | costs | Date:d>cost_date | Client:r>customer_id | Task:c | Time (hrs):h>hours
expense_list.csv | costs | Date:d>cost_date | Account:c>category | Description:t | Amount:m>amount
account_tree.csv | customers | Account ID:i>customer_id | Account Name:n>customer_name | Parent Account ID:r | Customer Since:d>start_date
event_tickets.csv | none | Ticket ID:i | Event:c | Attendee:n | Seat:t | Scanned At:o
children.csv | none | Child ID:i | Child Name:n | Parent:n | DOB:b | Class:c | Start Date:d
call_attendance.csv | none | Name:n | Email:e | Joined:D | Left:D
paid_orders.csv | invoices | Order ID:i>invoice_id | Date:D>invoice_date | Customer:r>customer_id | Type:c | Amount:m>amount | Provider:c | Transaction ID:i | Delivered:o
bestellungen.csv | invoices | Bestellungs-ID:i>invoice_id | Kunde:r>customer_id | Datum:d>invoice_date | Status:c | Produkte:t | Gesamtmenge:w | Betrag:m>amount
shop_umsatz.csv | invoices | Kunde:r>customer_id | Datum:d>invoice_date | Summe:m>amount
enps.csv | surveys | Respondent:n?customer_id | Score:S>score | Follow-up Response:t | Submitted At:D>responded_at
sales_margin.csv | invoices | Sale ID:i>invoice_id | Date:d>invoice_date | Customer ID:r>customer_id | Location ID:c | Revenue:m>amount | COGS:m>cost | Gross Profit:m
dados.csv | invoices | cliente:r>customer_id | data:d>invoice_date | valor:m>amount
agenda.csv | invoices | Data:d>invoice_date | Cliente:r>customer_id | Profissional:c | Valor:m>amount | Status:c
leistungen.csv | invoices | Datum:d>invoice_date | Kundin:r>customer_id | Behandlung:c | Preis:m>amount
export.csv | invoices | Invoice No:i>invoice_id | Day:d>invoice_date | Client:r>customer_id | Hours:h | Rate:m | Total:m>amount
erstattungen in rechnungen.csv | invoices | Rechnungsnr:i>invoice_id | Rechnungsdatum:d>invoice_date | Kunde:r>customer_id | Summe:m>amount | Erstattungsbetrag:m
chamados.csv | tickets | ID:i>ticket_id | Solicitante:r>customer_id | Matrícula:r | Prioridade:c | Data de abertura:D>created_at
export.csv | tickets | Nr:i>ticket_id | Betreff:t | Priorität:c | Erstellt am:D>created_at
answered reviews.csv | surveys | Date:d>responded_at | Customer:r>customer_id | Rating:s>score | Response:t | Response Date:o
évaluations.csv | surveys | Date d'évaluation:d>responded_at | Note:s>score | Commentaire:t
avis.csv | surveys | id:i>response_id | author_name:r?customer_id | note:s>score | commentaire:t | created_at:D>responded_at
attivita.csv | costs | Task:t | Data:d>cost_date | Cliente:r>customer_id | Ore:h>hours | Costo:m>amount
worklog.csv | costs | Ticketnummer:r | Datum:d>cost_date | benötigte Zeit in h:h>hours | Uhrzeit:t
werkdagen.csv | costs | Datum:d>cost_date | Klant:r>customer_id | Uren:h>hours | Tarief:m?rate | Totaal:m
export.csv | none | session_id:i | user_id:r | started_at:D | pages:w | duration:w
backups.csv | none | id:i | Nombre del archivo:t | fecha de creación:d | Estado:c
movies.csv | none | title:t | created_at:D | rating:S | votes:w
incidents.csv | none | Incident Code:i | Date:D | Device:c | Severity:c | Status:c
licenses.csv | none | Product:c | Vendor:c | License Key:i | Purchase Date:d | Maintenance Until:o | Cost:m
export.csv | none | Numero:i | Data:d | Cliente:r | Importo:m | Validità:o
people.csv | none | respondent:n | score:s | risk_level:c
results.csv | none | Student:n | Course:c | Grade:s | Date:d
dividends.csv | none | Ticker:c | Ex-Date:d | Payment Date:d | Amount:m
export.csv | none | Projekt:t | Kunde:r | Start:d | Ende:o | Budget:m
bugs.csv | none | ID:i | Severity:c | Title:t | Sprint:c | Found At:D | Resolved At:D
export.csv | none | Name:n | Email:e | Position:c | Applied On:d | Rating:s
relevé des factures.csv | invoices | Date:d>invoice_date | Client:r>customer_id | Montant HT:m>amount | TVA:w
stundenliste.csv | costs | Datum:d>cost_date | Kunde:r>customer_id | Stunden:h>hours | Stundensatz:m?rate | Summe:m | Rechnung:t
gastos.csv | costs | Fecha:d>cost_date | Categoría:c | Base:m>amount | IVA:w | Total:m
vendas.csv | invoices | ID:i>invoice_id | Cliente:r>customer_id | Data:d>invoice_date | Hora:t | Itens:t | Total (Kz):m>amount
requisicoes.csv | invoices | Cliente:r>customer_id | Data:d>invoice_date | Status:c | Valor unitário:m | Valor total item:m>amount
checkouts.csv | invoices | Checkout ID:i>invoice_id | Customer:r>customer_id | Amount:m>amount | Date:d>invoice_date
Mitglieder.csv | customers | Mitgliedsnummer:z>customer_id | Name:t>customer_name | Eintritt:d>start_date | Austritt:o>end_date
guests.csv | customers | #:x | Name:n | Email:e?customer_id | Total Bookings:w | Member Since:d>start_date
lumian-kunden.csv | customers | LumianNr:i>customer_id | Status:c>status | Name:n>customer_name | Kunde seit:d>start_date
clienti.csv | customers | Nome:n | Cognome:n | Email:e?customer_id | Data registrazione:d>start_date
members.csv | customers | Membership No:i>customer_id | Name:n>customer_name | Bank Name:c | Account No:z | Joined:d>start_date
customers.csv | customers | id:i>customer_id | email:e | joinedAt:D>start_date | totalOrders:w | totalSpent:m | lastOrderDate:D
tenants.csv | customers | Tenant Name:n?customer_id | Unit:c | Lease Start:d>start_date | Lease End:d?end_date
persone.csv | customers | Numero tessera:z>customer_id | Nome:n | Email:e | Tessera valida fino al:d?end_date
customers.csv | customers | ID:i>customer_id | Email:e | Total Bookings:w | Total Spent:m | Created At:D>start_date
member_classification.csv | customers | member_id:i>customer_id | first_name:t | classification:c | created_at:D>start_date
members.csv | customers | Member ID:i>customer_id | Status:c>status | Start Date:d>start_date | Valid Till:d?end_date
client_spending.csv | customers | Client ID:i>customer_id | Client Name:n>customer_name | Total Spent:m | Average Order Value:m | Last Order Date:d
accounts.csv | customers | account_id:i>customer_id | company_name:n>customer_name | amount:m | days_overdue:w
topklanten.csv | customers | Klant:n>customer_id | Openstaand:m | Laatste factuur:d
membros.csv | customers | Nome:n | E-mail:e?customer_id | Semestre:w | Data de Entrada:d>start_date
users.csv | none | Full Name:n | Email:e | EmpID:i | Department:c | Status:c
alumni.csv | none | ID:i | Name:n | Email:e | Graduation Year:w
vendedores.csv | none | id:i | nombre:n | fecha de alta:d | fecha de baja:o
contratos.csv | none | DNI del jugador:i | Equipo:c | Fecha de inicio:d | Fecha de fin:o | Pago mensual:m
taskactivity.csv | costs | taskdate:d>cost_date | client:r>customer_id | project:c | taskhours:h>hours | taskname:t
export.csv | costs | Datum:d>cost_date | Kunde:r>customer_id | Aufgabe:c | Beginn:k | Ende:k | Dauer:h>hours
project_time.csv | costs | Date:d>cost_date | Project:c | Hours:h>hours | Note:t
customer_receipts.csv | invoices | Receipt No:i>invoice_id | Date:d>invoice_date | Customer:r>customer_id | Amount Received:m>amount | Allocated:m
recebimentos.csv | invoices | Data:d>invoice_date | Cliente:r>customer_id | Pedido:i>invoice_id | Valor recebido:m>amount | Forma:c
movimientos_clientes.csv | invoices | Fecha:d>invoice_date | Cliente:r>customer_id | Monto:m>amount | Metodo:c
facturatie.csv | invoices | Datum:d>invoice_date | Klant:r>customer_id | Excl. BTW:m>amount | Incl. BTW:m | Planning fee:m | Door te factureren:m
booking_history.csv | invoices | Booking ID:i>invoice_id | Guest:r>customer_id | Check-In:d?invoice_date | Duration:w | Total Cost:m>amount
receipts.csv | invoices | Receipt No:i>invoice_id | Date:d>invoice_date | Student:r>customer_id | Total Fee:m>amount
ventas_mayo.csv | invoices | Fecha:d>invoice_date | Cliente:r>customer_id | Ventas:m>amount
rechnungen.csv | invoices | Datum:d>invoice_date | Kunde:r>customer_id | Netto:m>amount | Export Status:c
zeiten.csv | costs | Datum:d>cost_date | Kunde:r>customer_id | Dauer:h>hours | Stundensatz:m?rate | Betrag:m
kosten.csv | costs | Kostenart:c | Belegdatum:d>cost_date | Betrag brutto EUR:m?amount
deals.csv | none | Deal:t | Company:n | Stage:c | Value:m | Closing date:d
buchungen.csv | none | Belegdatum:d | Belegnummer:i | Sollkonto:w | Habenkonto:w | Betrag:m
parcels.csv | none | Owner:n | Case Number:i | Loan Amount:m | Sale Date:d | Sale Amount:m
tickets.csv | tickets | Ticket ID:i>ticket_id | Account:r>customer_id | Requester:e | Subject:t | Created:D>created_at
anfragen.csv | tickets | Nummer:i>ticket_id | Kunde:r>customer_id | Betreff:t | Erstellt:d>created_at | Gelöst:o>resolved_at | Geschlossen:o
ratings.csv | none | Department:n | Responses:w | Average Rating:h
agents.csv | none | Agent:n | Tickets Solved:w | Avg. Handle Time (min):w | CSAT:h
leads.csv | none | Lead ID:i | Name:t | Source:c | Score:s | Created:d
exam_results.csv | none | Student:n | Score:s | Comment:t | Date:d
export.csv | none | Mitarbeiter:r | Datum:d | Start:k | Ende:k | Pause:w | Dauer:h
header.csv | invoices | Invoice Num:z>invoice_id | Invoice Date:d>invoice_date | Client:r>customer_id | Invoice Total:m>amount
template.csv | invoices | Client:r>customer_id | Date:d>invoice_date | Start Time:k | End Time:k | Price:m>amount | Notes:t
leistungen.csv | costs | Datum:d>cost_date | Tätigkeit:c | Stunden:h>hours
export.csv | costs | Expense Date:d>cost_date | Amount:m>amount | Currency:u>currency | Amount (ZAR):m
umsaetze.csv | none | Datum:d | Bank:c | Verwendungszweck:t | Betrag:m
deals.csv | none | Deal ID:i | Stage:c | Amount:m | Close Date:d | Priority:c | Customer:r
observations.csv | none | Date:d | Patient:r | Encounter:i | Code:c | Value:m | Units:c
records.csv | none | Date:d | Type:y | Category:c | Amount:m
ward_list.csv | customers | MRN:z>customer_id | Patient Name:n>customer_name | Admitted:d>start_date | Discharged:o>end_date
workspaces.csv | customers | workspace_id:i>customer_id | workspace_name:n>customer_name | seats:w | created_at:D>start_date | canceled_at:o>end_date
clientes.csv | customers | Nombre(s):n?customer_id | Apellido(s):n?customer_id | Email:e?customer_id | Nota:t | Fecha de alta:d>start_date
cobros.csv | invoices | agendamento:z | data:d>invoice_date | cliente:r>customer_id | valor:m>amount
tenants.csv | customers | Tenant Code:i>customer_id | Company:n>customer_name | Active Users:w | Since:d>start_date
facturas_recibidas.csv | none | Fecha:d | Número Factura:i | Emisor:r | Importe:m
spese.csv | costs | Data:d>cost_date | Categoria:c | Beneficiario:r | Importo:m>amount
policies.csv | customers | Policy No:i>customer_id | Policyholder:n | Insurer:c | Cover:c | Incepted:d>start_date | Cancelled:o>end_date | Gross Premium:m
congregation.csv | customers | Envelope No:z>customer_id | Surname:n | First Names:t | Baptised:d | Received into membership:d>start_date | Transferred out:o>end_date
agency_retainers.csv | customers | Client:n>customer_id | Retainer (£/mo):m | Kick-off:d>start_date | Notice given:o>notice_date | Ended:o>end_date | Account Lead:c
mobile_lines.csv | customers | MSISDN:z | Account ID:i>customer_id | Tariff:c | Activation Date:d>start_date | Port Out Date:o>end_date
matters.csv | none | Matter No:i | Client:r | Matter Description:t | Fee Earner:c | Opened:d | Closed:o | WIP:m
client_ledger.csv | customers | Client Code:i>customer_id | Client Name:n | Year End:c | Partner:c | Engaged:d>start_date | Disengaged:o>end_date
desks.csv | customers | Member Company:n>customer_id | Desk Type:c | Desks:w | Move-in:d>start_date | Move-out:o>end_date | Monthly Fee:m
pupils_on_roll.csv | customers | UPN:i>customer_id | Surname:n | Forename:t | Year Group:c | Date of Admission:d>start_date | Date of Leaving:o>end_date
VBRK.csv | invoices | VBELN:i>invoice_id | KUNAG:r>customer_id | FKDAT:d>invoice_date | NETWR:m>amount | WAERK:u>currency
storage_units.csv | customers | Unit No:i | Customer:n>customer_id | Size sq ft:w | Moved In:d>start_date | Vacated:o>end_date | Weekly Rate:m
Stromkunden.csv | customers | Vertragskonto:i>customer_id | Zählernummer:z | Name:n | Belieferung ab:d>start_date | Belieferung bis:o>end_date | Tarif:c
Versicherungsnehmer.csv | customers | VN-Nr.:i>customer_id | Versicherungsnehmer:n | Sparte:c | Vertragsbeginn:d>start_date | Storno:o>end_date
Fahrschüler.csv | customers | Schüler-Nr.:i>customer_id | Fahrschüler:n | Klasse:c | Angemeldet:d>start_date | Prüfung bestanden:o
eigene_spenden.csv | none | Datum:d | Organisation:r | Gespendet:m | Bescheinigung:f
Abo_Kunden_Zeitung.csv | customers | Abo-Nr.:i>customer_id | Bezieher:n | Bezug ab:d>start_date | Bezug bis:o>end_date | Kündigungsgrund:c>end_reason
assures.csv | customers | N° sociétaire:i>customer_id | Assuré:n | Contrat:c | Effet:d>start_date | Résilié le:o>end_date | Prime annuelle:m
polizas.csv | customers | Nº póliza:i>customer_id | Tomador:n | Ramo:c | Efecto:d>start_date | Anulación:o>end_date | Prima neta:m
soci_asd.csv | customers | N. tessera:z>customer_id | Cognome:n | Nome:t | Data tesseramento:d>start_date | Data recesso:o>end_date | Quota:m
assistiti.csv | customers | Cod. assistito:i>customer_id | Assistito:n | Medico:c | Data presa in carico:d>start_date | Data revoca:o>end_date
trasferte.csv | costs | Data:d>cost_date | Dipendente:c | Tipo spesa:c | Importo rimborsato:m>amount
affitti.csv | customers | Conduttore:n>customer_id | Immobile:c | Decorrenza:d>start_date | Disdetta:o>end_date | Canone:m
verzekerden.csv | customers | Polisnr.:i>customer_id | Verzekeringnemer:n | Branche:c | Ingangsdatum:d>start_date | Royementsdatum:o>end_date
huurders_overzicht.csv | customers | Huurdernr.:i>customer_id | Huurder:n | Complex:c | Huur ingegaan:d>start_date | Huur opgezegd per:o>end_date | Kale huur:m
reserveringen_camping.csv | invoices | Resnr.:i>invoice_id | Gast:r>customer_id | Standplaats:c | Geboekt op:d>invoice_date | Aankomst:d | Vertrek:d | Reissom:m>amount
apolices_ativas.csv | customers | Nº apólice:i>customer_id | Segurado:n | Ramo:c | Início de vigência:d>start_date | Fim de vigência:d | Prêmio:m
dizimos.csv | invoices | Data:d>invoice_date | Dizimista:r>customer_id | Valor:m>amount | Forma:c
"""


_WORDS = ("active", "open", "closed")


def cells(letter: str, rows: int) -> list[str]:
    """Make cells of a column."""
    return [_cell(letter, row) for row in range(rows)]


def _cell(letter: str, row: int) -> str:
    day = date(2022, 1, 3) + timedelta(days=row * 17 + row * row % 9)
    made = {
        "i": f"A-{1000 + 7 * row}",
        "z": f"{50210 + 13 * row}",
        "x": f"{row + 1}",
        "r": f"K{100 + row % 7}",
        "n": f"Name {chr(65 + row)} Ltd",
        "e": f"user{row}@example.org",
        "d": day.isoformat(),
        "D": f"{day.isoformat()} 1{row % 10}:2{row % 6}:00",
        "o": "" if row % 3 else (day + timedelta(days=300)).isoformat(),
        "b": date(1960 + row, 2, 1 + row).isoformat(),
        "m": f"{20 + row * 37 % 900}.{10 + row * 13 % 90}",
        "w": str(row * 7 % 30),
        "s": str(1 + row % 5),
        "S": str(row % 11),
        "c": _WORDS[row % 3],
        "f": ("yes", "no")[row % 2],
        "h": f"{row % 8}.{25 * (1 + row % 3)}",
        "k": f"{8 + row % 9:02}:{10 + row % 50}",
        "u": "EUR",
        "y": ("income", "expense")[row % 2],
        "t": f"some words {row}",
        "_": "",
    }
    return made[letter]
