using OrderIssues.Domain.Issues.Repairs;

namespace OrderIssues.WebApi.CommandLine;

/// <summary>Counts at start, in the background, what <see cref="RepairCommand"/> would change.</summary>
internal sealed partial class RepairReminder(IIssueRepair repair, TimeProvider time, ILogger<RepairReminder> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                var issues = 0L;
                await foreach (var batch in repair.RunAsync(apply: false, stoppingToken))
                {
                    issues += batch.Found.Count(issue => issue.IsChanged);
                }

                if (issues > 0)
                {
                    LogFound(issues, RepairCommand.Name);
                }

                return;
            }
            catch (FailureException)
            {
                // The store has logged that it can't be reached.
                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Requests work without: this must not stop the service.
                LogGivenUp(exception);
                return;
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Issues} issues are stored in another form than the schema's: not every filter finds them. Run the command {Command}")]
    private partial void LogFound(long issues, string command);

    [LoggerMessage(Level = LogLevel.Error, Message = "The issues that need a repair can't be counted")]
    private partial void LogGivenUp(Exception exception);
}
