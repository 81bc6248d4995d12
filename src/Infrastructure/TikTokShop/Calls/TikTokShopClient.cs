using System.Text.Json;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>Calls TikTok Shop's Open API (https://partner.tiktokshop.com/docv2).</summary>
internal sealed class TikTokShopClient(IHttpClientFactory clients, TikTokShopErrors errors)
{
    /// <returns>Data of the answer; null when TikTok Shop has no record of the requested id.</returns>
    /// <exception cref="FailureException">TikTok Shop refused to answer.</exception>
    /// <exception cref="JsonException">The answer has another form.</exception>
    public async Task<T?> AskAsync<T>(TikTokShopCall call, CancellationToken cancellationToken)
        where T : class
    {
        using var http = clients.CreateClient(Channels.TikTok);
        using var request = call.ToRequest();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var answer = TikTokShopEnvelope.Of(request);
        return answer is { Code: not 0 } && TikTokShopErrors.IsOfId(answer, call.RequestedId) ? null : errors.DataOf<T>(answer, response);
    }
}
