using OrderIssues.Domain.Issues.Repairs;

namespace OrderIssues.WebApi.CommandLine;

/// <summary>Runs <c>dotnet WebApi.dll repair</c>.</summary>
internal static class RepairCommand
{
    public const string Name = "repair";
    public const string Apply = "--apply";
    private const long SeenPerReport = 10_000;

    /// <summary>Repairs the stored issues, or tells what it would change.</summary>
    /// <param name="services">Services of the configured store; they needn't be started.</param>
    /// <param name="apply">False to tell only.</param>
    /// <param name="output">Gets a line for each issue found, progress, and a summary.</param>
    /// <param name="cancellationToken">Ends the run early; another run does the rest.</param>
    /// <returns>The exit code: 0 once all issues were looked at, else 1.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider services, bool apply, TextWriter output, CancellationToken cancellationToken)
    {
        var report = new RepairReport(apply, output);
        var reported = 0L;
        try
        {
            await foreach (var batch in services.GetRequiredService<IIssueRepair>().RunAsync(apply, cancellationToken))
            {
                await report.AddAsync(batch);
                if (report.Seen / SeenPerReport > reported)
                {
                    reported = report.Seen / SeenPerReport;
                    await report.WriteProgressAsync();
                }
            }
        }
        catch (Exception exception) when (exception is FailureException or OperationCanceledException)
        {
            await report.WriteSummaryAsync();
            await output.WriteLineAsync($"Ended before the last issue: {exception.Message}");
            await output.WriteLineAsync("What was done stays. Run it again to do the rest.");
            return 1;
        }

        await report.WriteSummaryAsync();
        if (!apply && report.Changed > 0)
        {
            await output.WriteLineAsync($"Nothing was changed yet: {Name} {Apply} does it.");
        }

        return 0;
    }
}
