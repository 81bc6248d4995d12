using System.CommandLine;
using System.Runtime.InteropServices;
using OrderIssues.Application.Moves;
using OrderIssues.Infrastructure;
using OrderIssues.WebApi.Hosting;
using Spectre.Console;

namespace OrderIssues.WebApi.CommandLine;

/// <summary>Runs <c>dotnet WebApi.dll move</c>, which prints one line of JSON, and its progress on the standard error.</summary>
internal static class MoveCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<MoveStep, string> Names = new()
    {
        [MoveStep.Copy] = "Issues",
        [MoveStep.Follow] = "Events",
        [MoveStep.Compare] = "Every issue compared",
        [MoveStep.Records] = "Records",
    };

    /// <param name="args">Arguments of the program, with which the store is configured.</param>
    public static Command New(string[] args)
    {
        var to = new Option<string?>("--to") { Description = "Empty store to move all to: mongodb://host:27017/database, or a file." };
        var release = new Option<bool>("--release") { Description = "Lets the configured store take changes again, after a move." };
        var command = new Command("move", "Moves the configured store into one of the other kind, while the service may run.")
        {
            to, release,
        };
        command.Validators.Add(result =>
        {
            var (isMove, isRelease) = (result.GetValue(to) is not null, result.GetValue(release));
            if (isMove == isRelease)
            {
                result.AddError("Either --to or --release is needed.");
            }

            if (result.GetValue(to) is { } place && !MoveDestination.IsMongoDb(place)
                && (place.Contains("://", StringComparison.Ordinal) || place.StartsWith("Data Source", StringComparison.OrdinalIgnoreCase)))
            {
                result.AddError("--to is neither the path of a file nor an address that begins with mongodb:// or mongodb+srv://.");
            }
        });
        command.SetAction((result, _) => Startup.RunAsync(
            [.. args.Where(argument => argument is not ("move" or "--release"))],
            builder => builder.Services.AddStore(builder.Configuration, builder.Environment),
            async builder =>
            {
                await using var app = builder.Build();
                var source = app.Services.GetRequiredService<IMoveSource>();
                return await RunAsync(source, () => result.GetValue(to) is { } place
                    ? MoveAsync(builder, source, place, app.Services)
                    : ReleaseAsync(source));
            }));
        return command;
    }

    private static async Task<int> RunAsync(IMoveSource source, Func<Task<object>> work)
    {
        try
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(await work(), Json));
            return 0;
        }
        catch (Exception exception) when (
            exception is MoveException or FailureException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            var cause = exception.InnerException is { } inner ? $" ({inner.GetType().Name})" : "";
            await Console.Error.WriteLineAsync(exception is OperationCanceledException
                ? "The move was ended."
                : $"{exception.Message.ReplaceLineEndings(" ")}{cause}");
            await Console.Error.WriteLineAsync(await IsFencedAsync(source)
                ? $"{source.Name} takes no changes: run the command again, or move --release."
                : $"{source.Name} takes changes, as before.");
            return 1;
        }
    }

    private static async Task<bool> IsFencedAsync(IMoveSource source)
    {
        try
        {
            return await source.IsFencedAsync(CancellationToken.None);
        }
        catch (FailureException)
        {
            // What can't be reached takes no changes either.
            return true;
        }
    }

    private static async Task<object> ReleaseAsync(IMoveSource source) =>
        new { Store = source.Name, WasReleased = await source.ReleaseAsync(CancellationToken.None) };

    private static async Task<object> MoveAsync(WebApplicationBuilder builder, IMoveSource source, string to, IServiceProvider services)
    {
        // Ended in the midst, it would leave the first store behind the fence.
        using var end = new CancellationTokenSource();
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            end.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        await using var others = MoveDestination.ServicesOf(to, builder, services.GetRequiredService<ILoggerFactory>());
        var target = others.GetRequiredService<IMoveTarget>();
        if (source.GetType().Namespace == target.GetType().Namespace)
        {
            throw new MoveException("Both are stores of the same kind, which has tools of its own for that.");
        }

        var move = new StoreMove(source, target, services.GetRequiredService<TimeProvider>());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().StartAsync(async context =>
        {
            var tasks = new Dictionary<MoveStep, ProgressTask>();
            return await move.RunAsync(
                progress =>
                {
                    if (!tasks.TryGetValue(progress.Step, out var task))
                    {
                        tasks[progress.Step] = task = context.AddTask(Names[progress.Step]);
                    }

                    (task.MaxValue, task.Value) = (progress.Total, progress.Done);
                },
                end.Token);
        });
    }
}
