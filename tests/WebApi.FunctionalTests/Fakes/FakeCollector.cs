using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrderIssues.WebApi.FunctionalTests.Fakes;

/// <summary>Takes telemetry over OTLP/HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp).</summary>
internal sealed class FakeCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, byte[] Body)> received = new();
    private readonly WebApplication app;

    private FakeCollector(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    /// <summary>What was sent, protocol buffers, by path: /v1/traces, /v1/metrics or /v1/logs.</summary>
    public ILookup<string, byte[]> Received => received.ToLookup(sent => sent.Path, sent => sent.Body);

    public static async Task<FakeCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new FakeCollector(builder.Build());
        collector.app.Run(collector.TakeAsync);
        await collector.app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        received.Enqueue((context.Request.Path, body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
