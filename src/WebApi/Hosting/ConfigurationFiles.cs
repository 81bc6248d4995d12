using Microsoft.Extensions.Configuration.Json;

namespace OrderIssues.WebApi.Hosting;

/// <summary>The files of the configuration, which are read again when they change.</summary>
internal static partial class ConfigurationFiles
{
    /// <summary>Says so when one that has changed can't be read. What was read of it before stays in force.</summary>
    public static void LogUnreadable(IConfigurationBuilder configuration, ILogger logger)
    {
        foreach (var source in configuration.Sources.OfType<JsonConfigurationSource>())
        {
            source.OnLoadException = failure => LogUnreadable(logger, failure.Exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The configuration was changed, but the API keys stay as they were. {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string reason);
}
