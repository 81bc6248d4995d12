using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace OrderIssues.WebApi.Security;

/// <summary>Current API keys, kept when a configuration change is invalid.</summary>
internal sealed partial class ApiKeys : IDisposable
{
    private readonly IDisposable registration;
    private volatile ApiKey[] keys;
    private volatile CancellationTokenSource change = new();

    public ApiKeys(IConfiguration configuration, ILogger<ApiKeys> logger)
    {
        keys = Read(configuration);
        registration = ChangeToken.OnChange(configuration.GetReloadToken, () =>
        {
            try
            {
                keys = Read(configuration);
                LogRead(logger, keys.Length);
                Interlocked.Exchange(ref change, new()).Cancel();
            }
            catch (StartupException exception)
            {
                LogUnusable(logger, exception.Message);
            }
        });
    }

    /// <summary>Ends once the keys were read again, so that who comes in must prove itself anew.</summary>
    public CancellationToken Changed => change.Token;

    [LoggerMessage(Level = LogLevel.Error, Message = "The configuration was changed, but the API keys stay as they were. {Reason}")]
    private static partial void LogUnusable(ILogger logger, string reason);

    /// <summary>Finds a key in constant time; null if unknown.</summary>
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

    public void Dispose()
    {
        registration.Dispose();
        change.Dispose();
    }

    private static ApiKey[] Read(IConfiguration configuration) =>
        [.. SectionOptions.Read<ApiKeyList>(configuration, ApiKeyList.Section).Select(key => key.ToKey())];

    [LoggerMessage(Level = LogLevel.Information, Message = "The configuration was read again: there are {Count} API keys")]
    private static partial void LogRead(ILogger logger, int count);
}
