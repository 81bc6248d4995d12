using System.Text.Json;
using OrderIssues.Infrastructure.TikTokShop.Answers;
using OrderIssues.Infrastructure.TikTokShop.Tokens;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>Calls TikTok Shop's Open API (https://partner.tiktokshop.com/docv2).</summary>
internal sealed class TikTokShopClient(IHttpClientFactory clients, TikTokShopTokens tokens, TikTokShopErrors refusals)
{
    /// <summary>In place of one that has expired. The one that another process got may have expired since.</summary>
    private const int MaxTokens = 2;

    /// <param name="call">What is asked.</param>
    /// <param name="requestedId">The id that is asked for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer; null where TikTok Shop says that there is nothing of this id.</returns>
    /// <exception cref="FailureException">TikTok Shop refused to answer.</exception>
    /// <exception cref="JsonException">The answer isn't what was expected.</exception>
    public async Task<T?> AskAsync<T>(TikTokShopCall call, RequestedId requestedId, CancellationToken cancellationToken)
        where T : class
    {
        using var http = clients.CreateClient(Channels.TikTok);
        var token = await tokens.CurrentAsync(cancellationToken);
        var (response, answer) = await SendAsync(http, call, token, cancellationToken);
        for (var tries = 1; tries <= MaxTokens && TikTokShopErrors.IsOfToken(answer); tries++)
        {
            response.Dispose();
            token = await tokens.ReplaceAsync(token, cancellationToken);
            (response, answer) = await SendAsync(http, call, token, cancellationToken);
        }

        using (response)
        {
            return answer is { Code: not 0 } && TikTokShopErrors.IsOfId(answer, requestedId) ? null : refusals.DataOf<T>(answer, response);
        }
    }

    private static async Task<(HttpResponseMessage Response, TikTokShopEnvelope? Answer)> SendAsync(
        HttpClient http, TikTokShopCall call, string accessToken, CancellationToken cancellationToken)
    {
        using var request = call.ToRequest(accessToken);

        // What is to be read of the answer has been read within the attempt.
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return (response, await TikTokShopEnvelope.ReadAsync(response, cancellationToken));
    }
}
