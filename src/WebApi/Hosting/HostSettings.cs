using System.Reflection;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging.Console;

namespace OrderIssues.WebApi.Hosting;

/// <summary>Checks settings of ASP.NET Core that it would ignore or fail on without naming them.</summary>
internal static class HostSettings
{
    private static readonly string[] Formatters = [ConsoleFormatterNames.Simple, ConsoleFormatterNames.Systemd, ConsoleFormatterNames.Json];

    // Kestrel reads these only; ServerLimits has the limits.
    private static readonly string[] KestrelSections = ["Endpoints", "EndpointDefaults", "Certificates"];

    /// <exception cref="StartupException">A value can't be used.</exception>
    public static void RequireLogging(IConfiguration configuration)
    {
        var logging = configuration.GetSection("Logging");
        RequireNames<LogLevel>(logging.GetChildren().Append(logging).SelectMany(section => section.GetSection("LogLevel").GetChildren()));

        var console = logging.GetSection("Console");
        RequireOneOf(Formatters, console.GetSection("FormatterName"));
        RequireBound<ConsoleLoggerOptions>(console);
        RequireBound<SimpleConsoleFormatterOptions>(console.GetSection("FormatterOptions"));
        RequireBound<JsonConsoleFormatterOptions>(console.GetSection("FormatterOptions"));
        RequireTimeFormat(console.GetSection("FormatterOptions:TimestampFormat"));
    }

    /// <exception cref="StartupException">A value can't be used.</exception>
    public static void RequireServer(IConfiguration configuration)
    {
        foreach (var host in configuration["AllowedHosts"]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            RequireHost(host);
        }

        var kestrel = configuration.GetSection("Kestrel");
        var endpoints = kestrel.GetSection("Endpoints").GetChildren().Append(kestrel.GetSection("EndpointDefaults")).ToList();
        RequireNames<HttpProtocols>(endpoints.Select(endpoint => endpoint.GetSection("Protocols")));
        RequireNames<ClientCertificateMode>(endpoints.Select(endpoint => endpoint.GetSection("ClientCertificateMode")));
        RequireNames<SslProtocols>(endpoints.SelectMany(endpoint => endpoint.GetSection("SslProtocols").GetChildren()));
        if (kestrel.GetChildren().FirstOrDefault(section => !KestrelSections.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            is { } unknown)
        {
            throw new StartupException($"{unknown.Path} can't be set: of Kestrel only {string.Join(", ", KestrelSections)} are read.");
        }
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

    // A host with a port, or an IPv6 address without brackets, would never be the one that a request names.
    private static void RequireHost(string host)
    {
        var isHost = Uri.CheckHostName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) switch
        {
            UriHostNameType.Dns or UriHostNameType.IPv4 => true,
            UriHostNameType.IPv6 => host.StartsWith('['),
            _ => host == "*",
        };
        if (!isHost)
        {
            throw new StartupException(
                $"AllowedHosts: '{host}' isn't a host such as issues.example.com or *.example.com; ';' separates several.");
        }
    }

    private static void RequireBound<T>(IConfigurationSection section)
    {
        try
        {
            _ = section.Get<T>();
        }
        catch (Exception exception) when (exception is InvalidOperationException or TargetInvocationException)
        {
            throw new StartupException($"{section.Path} has a value that can't be used. {exception.GetBaseException().Message}");
        }
    }

    private static void RequireNames<T>(IEnumerable<IConfigurationSection> settings) where T : struct, Enum
    {
        foreach (var setting in settings)
        {
            RequireOneOf(Enum.GetNames<T>(), setting);
        }
    }

    private static void RequireOneOf(IEnumerable<string> names, IConfigurationSection setting)
    {
        if (!string.IsNullOrEmpty(setting.Value) && !names.Contains(setting.Value, StringComparer.OrdinalIgnoreCase))
        {
            throw new StartupException($"{setting.Path} must be one of {string.Join(", ", names)}.");
        }
    }
}
