using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace OrderIssues.WebApi.FunctionalTests.Fakes;

/// <summary>Somebody else's API, as a server on this machine, with the ways in which it or the network fails.</summary>
internal abstract class FakeApi : IAsyncDisposable
{
    private const string Beginning = "{\"id\":18362,";

    private readonly WebApplication app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> next = new();
    private readonly ConcurrentQueue<string> calls = new();

    protected FakeApi()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(context =>
        {
            calls.Enqueue(Describe(context.Request));
            return AnswerAsync(context);
        });
    }

    public string BaseUrl => app.Urls.Single();

    /// <summary>What was called, in order.</summary>
    public IReadOnlyCollection<string> Calls => calls;

    /// <summary>What it does instead of answering once <see cref="Next"/> is used up.</summary>
    public Func<HttpContext, Task>? Always { get; set; }

    public static Func<HttpContext, Task> Body(string json) => context => JsonAsync(context, json);

    /// <summary>Answers nothing until the caller is gone.</summary>
    public static async Task HangAsync(HttpContext context) => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    /// <summary>Begins an answer and says no more.</summary>
    public static async Task StallAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Beginning);
        await context.Response.Body.FlushAsync();
        await HangAsync(context);
    }

    public static Task DropAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Says good-bye instead of answering, as a server does that is restarted.</summary>
    public static Task CloseAsync(HttpContext context)
    {
        context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.Shutdown(SocketShutdown.Send);
        return DropAsync(context);
    }

    /// <summary>Answers with these bytes, past the server.</summary>
    public static Func<HttpContext, Task> Raw(string answer) => context =>
    {
        var socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        socket.Send(Encoding.UTF8.GetBytes(answer));
        socket.Shutdown(SocketShutdown.Send);
        return DropAsync(context);
    };

    /// <summary>Ends an answer before its end. Past the server, which would drop what it hasn't sent yet.</summary>
    public static Task TruncateAsync(HttpContext context) =>
        Raw($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n{Beginning}")(context);

    /// <summary>Does these things instead of answering, one a call.</summary>
    public void Next(params IEnumerable<Func<HttpContext, Task>> things)
    {
        foreach (var thing in things)
        {
            next.Enqueue(thing);
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    protected static async Task<T> StartAsync<T>(T fake)
        where T : FakeApi
    {
        await fake.app.StartAsync();
        return fake;
    }

    protected static Task JsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(json);
    }

    /// <summary>The line of <see cref="Calls"/>.</summary>
    protected virtual string Describe(HttpRequest request) => $"{request.Method} {request.Path}{request.QueryString}";

    /// <summary>Answers, unless there is something to do <see cref="Instead"/>.</summary>
    protected abstract Task AnswerAsync(HttpContext context);

    /// <summary>What to do instead of answering this call; null: nothing.</summary>
    protected Func<HttpContext, Task>? Instead() => next.TryDequeue(out var thing) ? thing : Always;
}
