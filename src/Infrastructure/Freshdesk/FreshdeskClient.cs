using System.Net;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Calls Freshdesk's REST API, version 2 (https://developers.freshdesk.com/api/).</summary>
internal sealed class FreshdeskClient(IHttpClientFactory clients, [FromKeyedServices(Channels.Freshdesk)] TicketSystemErrors errors)
{
    /// <summary>Client whose failures spare tickets' circuit breaker.</summary>
    public const string Extras = "freshdesk-extras";

    /// <summary>Finds a ticket; null when Freshdesk has none.</summary>
    /// <exception cref="JsonException">The answer isn't that ticket.</exception>
    public async Task<FreshdeskTicket?> FindTicketAsync(long id, CancellationToken cancellationToken)
    {
        var ticket = await GetAsync<FreshdeskTicket>(
            Channels.Freshdesk, string.Create(CultureInfo.InvariantCulture, $"api/v2/tickets/{id}?include=requester"), cancellationToken);
        return ticket is null || ticket.Id == id ? ticket : throw new JsonException();
    }

    /// <summary>Reads the labels of statuses that agents see.</summary>
    /// <exception cref="JsonException">The answer isn't ticket fields.</exception>
    public async Task<IReadOnlyDictionary<int, string>> ReadStatusLabelsAsync(CancellationToken cancellationToken)
    {
        using var fields = await GetAsync<JsonDocument>(Extras, "api/v2/ticket_fields", cancellationToken)
            ?? throw errors.Failed("has no ticket fields");
        return FreshdeskTicketFields.StatusLabels(fields.RootElement);
    }

    private async Task<T?> GetAsync<T>(string client, string address, CancellationToken cancellationToken) where T : class
    {
        using var http = clients.CreateClient(client);
        using var request = TicketHttp.Get(address);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => await ReadAsync<T>(response, cancellationToken) ?? throw new JsonException(),

            // Some answers have no body.
            HttpStatusCode.NotFound => null,
            _ => throw errors.Of(response),
        };
    }

    /// <summary>Reads UTF-8 (RFC 8259), whatever the header says.</summary>
    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync<T>(body, FreshdeskTicket.Json, cancellationToken);
    }
}
