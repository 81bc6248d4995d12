using Microsoft.Extensions.Configuration.Json;

namespace OrderIssues.WebApi.Hosting;

internal static partial class ConfigurationWarnings
{
    /// <summary>Warning that follows an unread key.</summary>
    public const string IsUnread = "is configured, but nothing reads it: is it misspelt?";

    /// <summary>Lists configured keys that nothing reads.</summary>
    public static IEnumerable<string> UnreadKeys(this WebApplicationBuilder builder) => OptionsSection.UnreadKeys(
        builder.Services.Select(service => service.ImplementationInstance).OfType<OptionsSection>(), builder.Configuration);

    public static void LogUnreadKeys(this WebApplication app, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            LogUnread(app.Logger, key);
        }
    }

    /// <summary>Logs unreadable files; former values stay in force.</summary>
    public static void LogUnreadableFiles(this WebApplication app)
    {
        foreach (var source in ((IConfigurationBuilder)app.Configuration).Sources.OfType<JsonConfigurationSource>())
        {
            source.OnLoadException = failure => LogUnreadable(app.Logger, failure.Exception.Message);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A changed configuration file can't be read: the API keys stay as they were, like all settings. {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} " + IsUnread)]
    private static partial void LogUnread(ILogger logger, string key);
}
