using OrderIssues.Application.Common.Errors;

namespace OrderIssues.WebApi.Security;

/// <summary>Whether callers need no credential: only where somebody said so, or on a developer's machine.</summary>
internal static partial class AnonymousAccess
{
    private const string Key = "Auth:AllowAnonymous";

    /// <exception cref="StartupException">They do, and this service can't check any.</exception>
    public static void Require(IConfiguration configuration, IHostEnvironment environment)
    {
        var value = configuration[Key];
        if (!string.IsNullOrEmpty(value) && !bool.TryParse(value, out _))
        {
            throw new StartupException($"{Key} must be true or false.");
        }

        if (string.IsNullOrEmpty(value) ? !environment.IsDevelopment() : !bool.Parse(value))
        {
            throw new StartupException(
                $"{Key} isn't true, and this version can't check credentials. Set it to true if whoever reaches this port may do anything.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Auth:AllowAnonymous: whoever reaches this port may read and change every issue")]
    public static partial void LogAnonymous(ILogger logger);
}
