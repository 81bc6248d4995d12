using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues;
using OrderIssues.Infrastructure;
using OrderIssues.Seeder;

// More than the SQLite store commits together, so that the next ones wait for it rather than it for them.
const int AtOnce = 512;

try
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.Logging.ClearProviders();
    builder.Services.AddInfrastructure(builder.Configuration, builder.Environment);
    if (!int.TryParse(builder.Configuration["count"], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
    {
        throw new StartupException("--count must say how many issues to make.");
    }

    using var host = builder.Build();
    await host.StartAsync();
    var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
    var store = host.Services.GetRequiredService<IOrderIssueStore>();
    var time = host.Services.GetRequiredService<TimeProvider>();
    var start = time.GetTimestamp();
    await Parallel.ForEachAsync(
        new Reports(time.GetUtcNow()).Make(count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping },
        async (report, cancellationToken) => await report.StoreAsync(store, cancellationToken));
    Console.WriteLine(FormattableString.Invariant($"{count} issues in {time.GetElapsedTime(start).TotalSeconds:f1} s"));
    await host.StopAsync();
    return 0;
}
catch (Exception exception) when (exception is StartupException or FailureException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
