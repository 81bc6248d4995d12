using System.CommandLine;
using OrderIssues.Application.Backups;
using OrderIssues.Infrastructure;
using OrderIssues.WebApi.Hosting;

namespace OrderIssues.WebApi.CommandLine;

/// <summary>Commands for backups of the embedded store, each of which prints one line of JSON.</summary>
internal static class BackupCommands
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="args">Arguments of the program, with which the store is configured.</param>
    public static IEnumerable<Command> All(string[] args) => [Backup(args), Restore(args), Check(args)];

    private static Command Backup(string[] args)
    {
        var folder = new Option<string>("--to") { Description = "Folder of the backups.", Required = true };
        var keep = new Option<int>("--keep")
        {
            Description = "How many backups of this store stay in the folder; older ones are deleted.",
            DefaultValueFactory = _ => 14,
        };
        keep.Validators.Add(result =>
        {
            if (result.Tokens is [var given]
                && !(int.TryParse(given.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var copies) && copies > 0))
            {
                result.AddError("--keep must be a number, at least 1.");
            }
        });
        var command = new Command("backup", "Copies the embedded store, while the service may run.") { folder, keep };
        command.SetAction((result, _) =>
            RunAsync(args, backups => (backups.Make(result.GetRequiredValue(folder), result.GetValue(keep)), true)));
        return command;
    }

    private static Command Restore(string[] args)
    {
        var file = new Option<string>("--from") { Description = "File of the backup.", Required = true };
        var command = new Command("restore", "Puts a backup in the place of the embedded store, which nothing may use meanwhile.") { file };
        command.SetAction((result, _) => RunAsync(args, backups => (backups.Restore(result.GetRequiredValue(file)), true)));
        return command;
    }

    private static Command Check(string[] args)
    {
        var command = new Command("check", "Looks through the embedded store, while the service may run.");
        command.SetAction((_, _) => RunAsync(args, backups =>
        {
            var found = backups.Check();
            return (found, found.Problems.Count == 0);
        }));
        return command;
    }

    private static Task<int> RunAsync(string[] args, Func<IStoreBackups, (object Report, bool IsGood)> work) => Startup.RunAsync(
        args,
        builder => builder.Services.AddStore(builder.Configuration, builder.Environment),
        async builder =>
        {
            try
            {
                await using var app = builder.Build();
                var (report, isGood) = work(app.Services.GetService<IStoreBackups>()
                    ?? throw new BackupException("The issues are in MongoDB, which has tools of its own: mongodump and mongorestore."));
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, Json));
                return isGood ? 0 : 1;
            }
            catch (BackupException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message.ReplaceLineEndings(" "));
                return 1;
            }
        });
}
