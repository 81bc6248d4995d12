using System.CommandLine;
using System.Data.Common;
using OrderIssues.Application.Moves;
using OrderIssues.Infrastructure;
using OrderIssues.WebApi.Hosting;
using Spectre.Console;

namespace OrderIssues.WebApi.CommandLine;

/// <summary>Runs <c>dotnet WebApi.dll move</c>, which prints one line of JSON, and its progress as an error.</summary>
internal static class MoveCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<MoveStep, string> Names = new()
    {
        [MoveStep.Copy] = "Issues",
        [MoveStep.Follow] = "Events",
        [MoveStep.Records] = "Records",
        [MoveStep.Compare] = "Every issue compared",
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
            if (result.GetValue(to) is null != result.GetValue(release))
            {
                result.AddError("Either --to or --release is needed.");
            }
        });
        command.SetAction((result, cancellationToken) => Startup.RunAsync(
            args,
            builder => builder.Services.AddStore(builder.Configuration, builder.Environment),
            async builder =>
            {
                try
                {
                    await using var app = builder.Build();
                    var source = app.Services.GetRequiredService<IMoveSource>();
                    await Console.Out.WriteLineAsync(JsonSerializer.Serialize(
                        result.GetValue(to) is { } place
                            ? await MoveAsync(builder, source, place, app.Services, cancellationToken)
                            : new { Store = source.Name, WasReleased = await source.ReleaseAsync(cancellationToken) },
                        Json));
                    return 0;
                }
                catch (Exception exception) when (exception is MoveException or FailureException or OperationCanceledException)
                {
                    await Console.Error.WriteLineAsync($"The store wasn't moved. {exception.Message.ReplaceLineEndings(" ")}");
                    return 1;
                }
            }));
        return command;
    }

    private static async Task<object> MoveAsync(
        WebApplicationBuilder builder, IMoveSource source, string to, IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var others = ServicesOf(to, builder, services.GetRequiredService<ILoggerFactory>());
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
                cancellationToken);
        });
    }

    private static ServiceProvider ServicesOf(string to, WebApplicationBuilder builder, ILoggerFactory loggers)
    {
        var isMongoDb = to.StartsWith("mongodb://", StringComparison.OrdinalIgnoreCase)
            || to.StartsWith("mongodb+srv://", StringComparison.OrdinalIgnoreCase);
        var configuration = new ConfigurationBuilder()
            .AddConfiguration(builder.Configuration)
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:MongoDb"] = isMongoDb ? to : "",
                ["ConnectionStrings:Sqlite"] = isMongoDb ? "" : new DbConnectionStringBuilder { ["Data Source"] = to }.ConnectionString,
            })
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(loggers)
            .AddStore(configuration, builder.Environment)
            .BuildServiceProvider();
    }
}
