using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace OrderIssues.WebApi.Security;

/// <summary>The keys under <c>Auth:ApiKeys</c>, as configuration has them now. A change of it that can't be used leaves the keys as they were.</summary>
internal sealed partial class ApiKeys : IDisposable
{
    private readonly IDisposable registration;
    private volatile IReadOnlyList<ApiKey> keys;

    public ApiKeys(IConfiguration configuration, ILogger<ApiKeys> logger)
    {
        keys = AccessConfiguration.ReadKeys(configuration);
        registration = ChangeToken.OnChange(configuration.GetReloadToken, () =>
        {
            try
            {
                keys = AccessConfiguration.ReadKeys(configuration);
                LogRead(logger, keys.Count);
            }
            catch (StartupException exception)
            {
                LogUnusable(logger, exception.Message);
            }
        });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The configuration was changed, but the API keys stay as they were. {Reason}")]
    public static partial void LogUnusable(ILogger logger, string reason);

    /// <summary>The key; null when there is none such. How long it takes tells nothing of how near a wrong one comes.</summary>
    public ApiKey? Find(string key)
    {
        var hash = ApiKey.HashOf(key);
        ApiKey? found = null;
        foreach (var known in keys)
        {
            found = CryptographicOperations.FixedTimeEquals(known.Sha256, hash) ? known : found;
        }

        return found;
    }

    public void Dispose() => registration.Dispose();

    [LoggerMessage(Level = LogLevel.Information, Message = "The configuration was read again: there are {Count} API keys")]
    private static partial void LogRead(ILogger logger, int count);
}
