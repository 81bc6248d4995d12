using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Calls Freshdesk's REST API, version 2 (https://developers.freshdesk.com/api/).</summary>
internal sealed class FreshdeskClient(IHttpClientFactory clients, [FromKeyedServices(Channels.Freshdesk)] CallFailures failures)
{
    /// <returns>Null when Freshdesk has no such ticket.</returns>
    /// <exception cref="FailureException">Freshdesk refused to answer.</exception>
    /// <exception cref="JsonException">The answer isn't that ticket.</exception>
    public async Task<FreshdeskTicket?> FindTicketAsync(long id, CancellationToken cancellationToken)
    {
        var ticket = await GetAsync<FreshdeskTicket>(
            string.Create(CultureInfo.InvariantCulture, $"api/v2/tickets/{id}?include=requester"), cancellationToken);
        return ticket is null || ticket.Id == id ? ticket : throw new JsonException();
    }

    private async Task<T?> GetAsync<T>(string address, CancellationToken cancellationToken)
        where T : class
    {
        using var http = clients.CreateClient(Channels.Freshdesk);

        // What is to be read of the answer has been read within the attempt.
        using var request = TicketHttp.Get(address);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => await ReadAsync<T>(response, cancellationToken) ?? throw new JsonException(),

            // Its body may be empty.
            HttpStatusCode.NotFound => null,
            _ => throw failures.Of(response),
        };
    }

    /// <summary>JSON is UTF-8 (RFC 8259), whatever the header says.</summary>
    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync<T>(body, FreshdeskTicket.Json, cancellationToken);
    }
}
