using System.Diagnostics.Metrics;
using OrderIssues.Application;

namespace OrderIssues.Infrastructure;

/// <summary>Times of the embedded store's operations.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/semconv/database/database-metrics/#metric-dbclientoperationduration</remarks>
internal static class DatabaseDuration
{
    private static readonly Histogram<double> Duration = ServiceMeter.Meter.CreateHistogram<double>(
        "db.client.operation.duration",
        "s",
        "Duration of the embedded store's operations.",
        advice: new() { HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] });

    public static void Record(TimeSpan duration, string operation) => Duration.Record(
        duration.TotalSeconds,
        new KeyValuePair<string, object?>("db.system.name", "sqlite"),
        new KeyValuePair<string, object?>("db.operation.name", operation));
}
