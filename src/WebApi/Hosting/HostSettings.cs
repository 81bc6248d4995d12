using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace OrderIssues.WebApi.Hosting;

/// <summary>Checks settings of ASP.NET Core that it would ignore or fail on without naming them.</summary>
internal static class HostSettings
{
    /// <exception cref="StartupException">A value can't be used.</exception>
    public static void Require(IConfiguration configuration)
    {
        var logging = configuration.GetSection("Logging");
        RequireNames<LogLevel>(logging.GetChildren().Append(logging).SelectMany(section => section.GetSection("LogLevel").GetChildren()));

        RequireTimeFormat(logging.GetSection("Console:FormatterOptions:TimestampFormat"));

        var kestrel = configuration.GetSection("Kestrel");
        var endpoints = kestrel.GetSection("Endpoints").GetChildren().Append(kestrel.GetSection("EndpointDefaults")).ToList();
        RequireNames<HttpProtocols>(endpoints.Select(endpoint => endpoint.GetSection("Protocols")));
        RequireNames<ClientCertificateMode>(endpoints.Select(endpoint => endpoint.GetSection("ClientCertificateMode")));
    }

    private static void RequireTimeFormat(IConfigurationSection format)
    {
        try
        {
            _ = DateTimeOffset.UnixEpoch.ToString(format.Value, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw new StartupException($"{format.Path} isn't a format of .NET's for times.");
        }
    }

    private static void RequireNames<T>(IEnumerable<IConfigurationSection> settings) where T : struct, Enum
    {
        foreach (var setting in settings)
        {
            if (!string.IsNullOrEmpty(setting.Value) && !Enum.GetNames<T>().Contains(setting.Value, StringComparer.OrdinalIgnoreCase))
            {
                throw new StartupException($"{setting.Path} must be one of {string.Join(", ", Enum.GetNames<T>())}.");
            }
        }
    }
}
