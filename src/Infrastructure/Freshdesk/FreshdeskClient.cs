using System.Net;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Calls Freshdesk's REST API, version 2 (https://developers.freshdesk.com/api/).</summary>
internal sealed class FreshdeskClient(IHttpClientFactory clients, [FromKeyedServices(Channels.Freshdesk)] TicketSystemErrors errors)
{
    /// <summary>Client whose failures spare tickets' circuit breaker.</summary>
    public const string Extras = "freshdesk-extras";

    /// <summary>Client of archived tickets, with a circuit breaker of its own.</summary>
    public const string Archive = "freshdesk-archive";

    /// <summary>Finds a ticket, else an archived one; null when Freshdesk has neither, or deleted it.</summary>
    /// <exception cref="FailureException">Freshdesk failed, or the key's agent may not see the ticket.</exception>
    /// <exception cref="JsonException">The answer isn't that ticket.</exception>
    public async Task<FreshdeskTicket?> FindTicketAsync(long id, CancellationToken cancellationToken)
    {
        var number = id.ToString(CultureInfo.InvariantCulture);
        var ticket = await FindAsync(Channels.Freshdesk, $"api/v2/tickets/{number}?include=requester", id, cancellationToken);
        if (ticket is null)
        {
            // The archive embeds no requester, and refuses parameters that it doesn't know.
            var archived = await FindAsync(Archive, $"api/v2/tickets/archived/{number}", id, cancellationToken);
            ticket = archived is null ? null : archived with { Archived = true };
        }

        return ticket is { Deleted: true } ? null : ticket;
    }

    /// <summary>Reads the labels of statuses that agents see.</summary>
    /// <exception cref="JsonException">The answer isn't ticket fields.</exception>
    public async Task<IReadOnlyDictionary<int, string>> ReadStatusLabelsAsync(CancellationToken cancellationToken)
    {
        using var response = await GetAsync(Extras, "api/v2/ticket_fields", cancellationToken);
        using var fields = await AnswerOfAsync<JsonDocument>(response, cancellationToken) ?? throw errors.Failed("has no ticket fields");
        return FreshdeskTicketFields.StatusLabels(fields.RootElement);
    }

    private async Task<FreshdeskTicket?> FindAsync(string client, string address, long id, CancellationToken cancellationToken)
    {
        using var response = await GetAsync(client, address, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Forbidden)
        {
            if (await ConcernsTicketAsync(response, cancellationToken))
            {
                throw new FailureException(
                    FailureCode.TicketNotFound, "Freshdesk doesn't let the agent of this service's API key see this ticket.");
            }

            if (client == Archive)
            {
                // The key has just been accepted for current tickets: the account's plan has no archive.
                return null;
            }
        }

        var ticket = await AnswerOfAsync<FreshdeskTicket>(response, cancellationToken);
        return ticket is null || ticket.Id == id ? ticket : throw new JsonException();
    }

    private async Task<HttpResponseMessage> GetAsync(string client, string address, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(client);
        using var request = TicketHttp.Get(address);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private async Task<T?> AnswerOfAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) where T : class =>
        response.StatusCode switch
        {
            HttpStatusCode.OK => await ReadAsync<T>(response, cancellationToken) ?? throw new JsonException(),

            // Some answers have no body.
            HttpStatusCode.NotFound => null,
            _ => throw errors.Of(response),
        };

    /// <summary>True for a 403 of the agent's scope or groups; others concern account, plan or key.</summary>
    private static async Task<bool> ConcernsTicketAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync<Refusal>(response, cancellationToken) is { Code: "access_denied" };
        }
        catch (JsonException)
        {
            // For example a page of a proxy, or nothing.
            return false;
        }
    }

    /// <summary>Reads UTF-8 (RFC 8259), whatever the header says.</summary>
    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync<T>(body, FreshdeskTicket.Json, cancellationToken);
    }

    /// <summary>Reason of a refusal (https://developers.freshdesk.com/api/#error).</summary>
    private sealed record Refusal(string? Code);
}
