namespace OrderIssues.WebApi.Observability;

internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Collector that takes traces, metrics and logs over OTLP. Default: OTEL_EXPORTER_OTLP_ENDPOINT, else none.</summary>
    [HttpsAddress(AllowsHttp = true, ErrorMessage = "{0} must be an address such as http://localhost:4317, without a user.")]
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>Serves metrics to Prometheus. Default: true.</summary>
    public bool Metrics { get; set; } = true;

    /// <summary>
    /// Address that serves nothing but metrics, and needs no credential, such as http://127.0.0.1:9464. Default: none; metrics are served
    /// beside the rest, to those who may read them.
    /// </summary>
    [HttpsAddress(AllowsHttp = true, IsHostOnly = true, ErrorMessage = "{0} must be an address such as http://127.0.0.1:9464.")]
    public Uri? MetricsUrl { get; set; }
}
