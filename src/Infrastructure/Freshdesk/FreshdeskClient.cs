using System.Globalization;
using System.Net;
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

            // What is to be read of the answer has been read within the attempt.
            using var response = await http.SendAsync(Request(id), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
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

    /// <summary>With content, though there is none in it: what has none, the handler sends up to three times more by itself when a connection ends.</summary>
    private static HttpRequestMessage Request(long id) =>
        new(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"api/v2/tickets/{id}?include=requester")) { Content = new ByteArrayContent([]) };

    /// <summary>JSON is UTF-8 (RFC 8259), whatever the header says.</summary>
    private static async Task<Ticket> ReadAsync(HttpResponseMessage response, long id, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync<FreshdeskTicket>(body, FreshdeskTicket.Json, cancellationToken) is { } ticket && ticket.Id == id
            ? ticket.ToTicket()
            : throw new JsonException();
    }
}
