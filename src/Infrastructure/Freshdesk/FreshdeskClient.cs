using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Tickets;
using Polly;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Calls Freshdesk's REST API, version 2 (https://developers.freshdesk.com/api/).</summary>
internal sealed class FreshdeskClient(IHttpClientFactory clients, TimeProvider time)
{
    /// <returns>Null when Freshdesk has no such ticket.</returns>
    /// <exception cref="FailureException">It can't be reached, or its answer can't be used.</exception>
    public async Task<Ticket?> FindTicketAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            using var http = clients.CreateClient(FreshdeskHttp.Name);
            var path = string.Create(CultureInfo.InvariantCulture, $"api/v2/tickets/{id}?include=requester");
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => await ReadAsync(response, id, cancellationToken),

                // Its body may be empty.
                HttpStatusCode.NotFound => null,
                _ => throw response.AsFailure(time),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or ExecutionRejectedException or JsonException)
        {
            throw exception.AsFailure();
        }
    }

    private static async Task<Ticket> ReadAsync(HttpResponseMessage response, long id, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync<FreshdeskTicket>(FreshdeskTicket.Json, cancellationToken) is { } ticket && ticket.Id == id
            ? ticket.ToTicket()
            : throw new JsonException("The answer isn't the ticket that was asked for.");
}
