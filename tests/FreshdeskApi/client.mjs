// node client.mjs <base url> <api key> <ticket id, or "fields">: prints the ticket, or the fields of tickets, as JSON, or how the call failed.
import Freshdesk from 'freshdesk-api';

const [baseUrl, apiKey, ticketId] = process.argv.slice(2);
const client = new Freshdesk(baseUrl, apiKey);

const print = (error, answer) =>
  console.log(JSON.stringify(error ? { status: error.status, retryAfter: error.retryAfter, data: error.data } : answer));

if (ticketId === 'fields') {
  client.listAllTicketFields({}, print);
} else {
  client.getTicket(ticketId, print);
}
