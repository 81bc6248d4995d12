// node client.mjs <base url> <api key> <ticket id>: prints the ticket as JSON, or how its look-up failed.
import Freshdesk from 'freshdesk-api';

const [baseUrl, apiKey, ticketId] = process.argv.slice(2);
const client = new Freshdesk(baseUrl, apiKey);

client.getTicket(ticketId, (error, ticket) => {
  const outcome = error ? { status: error.status, retryAfter: error.retryAfter, data: error.data } : ticket;
  console.log(JSON.stringify(outcome));
});
