using System.Text.Encodings.Web;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using OrderIssues.WebApi.Routing;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.BrowserConsole;

/// <summary>Page of the console: one for all of its addresses.</summary>
internal sealed class ConsolePage(IOptions<ConsoleOptions> options, JwtAuthority authority)
{
    public const string FileName = "index.html";

    // What the page has where this service says its prefix and its settings.
    private const string PageBase = "<base href=\"/console/\">";
    private const string PageSettings = "content=\"{}\"";

    private const string NotBuilt = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <base href="/console/">
        <title>Order issues</title>
        <h1>The console isn't built</h1>
        <p>Install Node.js 20.19 or later, and start the service again with <code>dotnet run</code>, or publish it again with
        <code>dotnet publish</code>. Either builds the console.</p>
        <p>The API works without it: see <a href="../swagger">its operations</a>.</p>
        </html>
        """;

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ConsoleOidcOptions oidc = options.Value.Oidc;
    private readonly string settings = SettingsOf(options.Value.Oidc);

    /// <summary>Sends the page, as it is built now.</summary>
    public async Task SendAsync(HttpContext context, IFileProvider files)
    {
        var response = context.Response;
        var file = files.GetFileInfo(FileName);
        using var reader = file.Exists ? new StreamReader(file.CreateReadStream()) : (TextReader)new StringReader(NotBuilt);
        var prefix = HtmlEncoder.Default.Encode(context.Request.PathBase.Add(OpenPaths.Console).ToUriComponent());
        var page = (await reader.ReadToEndAsync(context.RequestAborted))
            .Replace(PageBase, $"<base href=\"{prefix}/\">", StringComparison.Ordinal)
            .Replace(PageSettings, $"content=\"{settings}\"", StringComparison.Ordinal);
        response.StatusCode = file.Exists ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = await PolicyAsync(context.RequestAborted);
        await response.WriteAsync(page, context.RequestAborted);
    }

    // No inline script or style, and no other host but the one where agents sign in.
    private async Task<string> PolicyAsync(CancellationToken cancellationToken)
    {
        var provider = oidc.ClientId is null ? [] : await authority.OriginsAsync(cancellationToken);
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + $"connect-src {string.Join(' ', ["'self'", .. provider])}; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";
    }

    private static string SettingsOf(ConsoleOidcOptions oidc) => HtmlEncoder.Default.Encode(JsonSerializer.Serialize(
        new ConsoleSettings(oidc.ClientId is null ? null : new(oidc.Authority!.ToString(), oidc.ClientId, oidc.Scope, oidc.Resource)),
        Json));

    private sealed record ConsoleSettings(ConsoleOidc? Oidc);

    private sealed record ConsoleOidc(string Authority, string ClientId, string Scope, string? Resource);
}
