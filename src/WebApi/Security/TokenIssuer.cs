using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace OrderIssues.WebApi.Security;

/// <summary>Whoever signs the tokens, and publishes the keys that they are checked with.</summary>
internal sealed partial class TokenIssuer(IOptionsMonitor<JwtBearerOptions> options, TimeProvider time, ILogger<TokenIssuer> logger)
{
    public static readonly TimeSpan DiscoveryTimeout = TimeSpan.FromSeconds(5);

    private bool isSilent;

    /// <summary>Whether its keys are known. They are kept for hours; the handler of tokens takes each for wrong while there are none.</summary>
    public async Task<bool> IsKnownAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(DiscoveryTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await options.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(both.Token);
            isSilent = false;
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Once for as long as it lasts: anybody can send what looks like a token.
            if (!Interlocked.Exchange(ref isSilent, true))
            {
                LogSilent(exception.Message);
            }

            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Auth:Jwt:Authority doesn't answer with its keys, so that no token can be checked. {Reason}")]
    private partial void LogSilent(string reason);
}
