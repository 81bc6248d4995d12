using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace OrderIssues.WebApi.Security;

/// <summary>Issuer of tokens and of their signature keys.</summary>
internal sealed partial class JwtAuthority(IOptionsMonitor<JwtBearerOptions> options, TimeProvider time, ILogger<JwtAuthority> logger)
{
    public static readonly TimeSpan DiscoveryTimeout = TimeSpan.FromSeconds(5);

    private bool isSilent;

    /// <summary>True once the keys are known.</summary>
    // Without its keys, every token would look invalid.
    public async Task<bool> HasKeysAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(DiscoveryTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await options.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(both.Token);
            isSilent = false;
            return true;
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Logged once an outage, since anybody can send a text that looks like a token.
            if (!Interlocked.Exchange(ref isSilent, true))
            {
                LogSilent(exception.Message);
            }

            return false;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Auth:Jwt:Authority doesn't answer with its keys, so that no token can be checked. {Reason}")]
    private partial void LogSilent(string reason);
}
