using Microsoft.Extensions.Configuration.Json;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.Hosting;

/// <summary>The files of the configuration, which are read again when they change.</summary>
internal static class ConfigurationFiles
{
    /// <summary>Says so when one that has changed can't be read. What was read of it before stays in force.</summary>
    public static void LogUnreadable(IConfigurationBuilder configuration, ILogger logger)
    {
        foreach (var source in configuration.Sources.OfType<JsonConfigurationSource>())
        {
            source.OnLoadException = failure => ApiKeys.LogUnusable(logger, failure.Exception.Message);
        }
    }
}
