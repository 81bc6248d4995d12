using System.Collections.Concurrent;
using System.Text.Json;

namespace OrderIssues.Soak;

/// <summary>Takes the events, and fails or hangs at times.</summary>
internal sealed class Receiver(string address) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string IssueId, int Version), int> delivered = new();
    private WebApplication? app;

    /// <summary>How often each change came with an answer of success.</summary>
    public IReadOnlyDictionary<(string IssueId, int Version), int> Delivered => delivered;

    /// <summary>What it does instead of answering.</summary>
    public Func<HttpContext, Task>? Fault { get; set; }

    public static Task FailAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return Task.CompletedTask;
    }

    public static Task HangAsync(HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(TakeAsync);
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        if (Fault is { } fault)
        {
            await fault(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        var data = body.GetProperty("data");
        var change = (data.GetProperty("issueId").GetString()!, data.GetProperty("version").GetInt32());
        delivered.AddOrUpdate(change, 1, (_, times) => times + 1);
    }
}
