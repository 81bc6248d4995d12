using System.Diagnostics.Metrics;

namespace OrderIssues.Application;

/// <summary>Meter of the service's own counters and histograms.</summary>
/// <remarks>Gauges belong to a meter of the same name from <see cref="IMeterFactory"/>, which ends with its host.</remarks>
public static class ServiceMeter
{
    public const string Name = "OrderIssues";

    public static readonly Meter Meter = new(Name);
}
