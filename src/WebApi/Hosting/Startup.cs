using System.Text.Encodings.Web;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace OrderIssues.WebApi.Hosting;

internal static class Startup
{
    private const string ConsoleLog = "Logging:Console";
    private const string Timestamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    // Paths name orders, and anybody can send wrong credentials: neither is logged unless configuration says otherwise.
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:OrderIssues.WebApi.Security.CredentialScheme"] = "Warning",

        // What makes the service unhealthy has a line of its own, not one for each probe.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",

        // A timeout is logged by FailureLog, without a stack trace.
        ["Logging:LogLevel:Microsoft.AspNetCore.Http.Timeouts"] = "Error",
        [$"{ConsoleLog}:FormatterOptions:UseUtcTimestamp"] = "true",
    };

    private static readonly Dictionary<string, string?> ForPeople = new()
    {
        [$"{ConsoleLog}:FormatterName"] = ConsoleFormatterNames.Simple,
        [$"{ConsoleLog}:FormatterOptions:TimestampFormat"] = $"{Timestamp} ",
    };

    // One JSON object a line.
    private static readonly Dictionary<string, string?> ForPrograms = new()
    {
        [$"{ConsoleLog}:FormatterName"] = ConsoleFormatterNames.Json,
        [$"{ConsoleLog}:FormatterOptions:TimestampFormat"] = Timestamp,
    };

    /// <summary>Composes and runs the service or a command of it, or says in one line why it can't start.</summary>
    /// <param name="settings">Configuration from the command line.</param>
    /// <param name="compose">Registers what <paramref name="run"/> needs.</param>
    /// <param name="run">Runs the service or the command.</param>
    /// <returns>The exit code: that of <paramref name="run"/>, or 1 for a service that can't start.</returns>
    public static async Task<int> RunAsync(
        string[] settings, Action<WebApplicationBuilder> compose, Func<WebApplicationBuilder, Task<int>> run)
    {
        WebApplicationBuilder? builder = null;
        try
        {
            builder = WebApplication.CreateBuilder(settings);
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
            {
                InitialData = Defaults.Concat(builder.Environment.IsDevelopment() ? ForPeople : ForPrograms),
            });
            builder.Services.Configure<JsonConsoleFormatterOptions>(json =>
                json.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

            // A failed start is reported below in one line, without a stack trace. Later failures of the host are critical.
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
            HostSettings.RequireLogging(builder.Configuration);
            compose(builder);
            return await run(builder);
        }
        catch (Exception exception) when (exception is StartupException or InvalidDataException or DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync($"The service can't start. {exception.Message.ReplaceLineEndings(" ")}");
            foreach (var key in builder?.UnreadKeys() ?? [])
            {
                await Console.Error.WriteLineAsync($"{key} {ConfigurationWarnings.IsUnread}");
            }

            return 1;
        }
    }
}
