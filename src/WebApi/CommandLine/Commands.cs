using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;
using OrderIssues.Infrastructure;
using OrderIssues.WebApi.Hosting;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.CommandLine;

/// <summary>Reads the program's command line.</summary>
internal static partial class Commands
{
    private static readonly Option<string?> Environment = new("--environment")
    {
        Description = "Development, for a machine of one's own, or Production (the default).",
        Recursive = true,
    };

    private static readonly Option<string?> Urls = new("--urls") { Description = "Addresses to listen on, such as http://localhost:5080." };

    private static readonly Argument<string[]> Settings = new("settings")
    {
        Description = "Configuration: --Section:Key=value, such as --RateLimit:PermitsPerMinute=600.",
    };

    private static readonly Argument<string> Url = new("url")
    {
        Description = "Address to read, such as http://localhost:5080/health/ready.",
    };

    /// <summary>Runs the command that the arguments name, or the service.</summary>
    /// <returns>The exit code: 0 for success, 1 for failure.</returns>
    public static Task<int> RunAsync(string[] args, Func<string[], Task<int>> runService)
    {
        var root = new RootCommand("Runs the order issue service. Settings come from the environment, appsettings.json or these arguments.")
        {
            Environment, Urls, Settings, MakeKey(), Probe(), Repair(args), MoveCommand.New(args),
        };
        foreach (var command in BackupCommands.All(args))
        {
            root.Add(command);
        }

        root.SetAction(_ => runService(args));
        Settings.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !Setting().IsMatch(token.Value)))
            {
                result.AddError($"'{token.Value}' is neither a command nor a setting such as --RateLimit:PermitsPerMinute=600.");
            }
        });

        // The host handles SIGTERM itself, and a bug keeps its stack trace.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        var result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Action is ParseErrorAction error)
        {
            (error.ShowHelp, error.ShowTypoCorrections) = (false, false);
        }

        return result.InvokeAsync(invocation);
    }

    private static Command MakeKey()
    {
        var command = new Command("make-key", "Makes a random API key, and prints it with its hash for Auth:ApiKeys.");
        command.SetAction(_ =>
        {
            var key = ApiKey.New();
            Console.WriteLine($"""
                Key, for the caller only: {key}
                KeySha256, for Auth:ApiKeys: {Convert.ToHexStringLower(ApiKey.HashOf(key))}
                """);
        });
        return command;
    }

    private static Command Probe()
    {
        var command = new Command("probe", "Reads an address, and fails unless it succeeds: a container's health check.") { Url };
        command.SetAction((result, _) => HealthProbe.RunAsync(result.GetRequiredValue(Url)));
        return command;
    }

    private static Command Repair(string[] args)
    {
        var apply = new Option<bool>(RepairCommand.Apply) { Description = "Changes the issues, instead of telling what would be changed." };
        var command = new Command(RepairCommand.Name, "Brings what other programs stored in another form into the store's own.") { apply };
        command.SetAction((result, cancellationToken) => Startup.RunAsync(
            [.. args.Where(argument => argument is not (RepairCommand.Name or RepairCommand.Apply))],
            builder => builder.Services.AddIssues(builder.Configuration).AddStore(builder.Configuration, builder.Environment),
            builder => RepairCommand.RunAsync(builder.Build().Services, result.GetValue(apply), Console.Out, cancellationToken)));
        return command;
    }

    // Names without a section are ASP.NET Core's own, such as contentRoot. Its hosts for tests pass sections without a value.
    [GeneratedRegex(
        @"^--(([^=:]+(:[^=:]+)+|contentRoot|applicationName|https?_ports|PathBase|shutdownTimeoutSeconds)=|\w+=$)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Setting();
}
