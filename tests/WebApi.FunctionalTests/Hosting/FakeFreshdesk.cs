using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>
/// Freshdesk's API, version 2, as far as its documentation goes (https://developers.freshdesk.com/api/), with one ticket, and with the
/// ways in which it or the network fails.
/// </summary>
internal sealed class FakeFreshdesk : IAsyncDisposable
{
    public const string ApiKey = "fd-key-0f8a2";
    public const long TicketId = 18362;

    private readonly WebApplication app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> next = new();
    private readonly ConcurrentQueue<string> calls = new();

    private FakeFreshdesk(WebApplication app) => this.app = app;

    public string BaseUrl => app.Urls.Single();

    /// <summary>The targets that were called, in order.</summary>
    public IReadOnlyCollection<string> Calls => calls;

    /// <summary>What it does instead of answering once <see cref="Next"/> is used up.</summary>
    public Func<HttpContext, Task>? Always { get; set; }

    /// <summary>The ticket without the requester, as JSON.</summary>
    public string Ticket { get; set; } =
        """
        {"cc_emails":["manager@example.com"],"fwd_emails":[],"email_config_id":null,"group_id":null,"priority":1,"requester_id":154003456789,
        "responder_id":154001234567,"source":1,"company_id":null,"status":2,
        "subject":"Inquiry from Amazon customer Josh (Order: 111-0944945-3989852)","product_id":154000093699,"id":18362,"type":"Question",
        "due_by":null,"fr_due_by":"2025-11-20T22:36:28Z","is_escalated":false,"spam":false,"description":"<div>Where is it?</div>",
        "description_text":"Where is it?","custom_fields":{"cf_order":null},"created_at":"2025-11-19T22:36:28Z","updated_at":"2025-11-20T07:12:05Z",
        "tags":["amazon"],"attachments":[{"id":1,"created_at":"2025-11-19T17:36:28-05:00"}]}
        """;

    public static async Task<FakeFreshdesk> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var fake = new FakeFreshdesk(builder.Build());
        fake.app.Run(fake.AnswerAsync);
        await fake.app.StartAsync();
        return fake;
    }

    /// <summary>Answers once with this status; the body is as Freshdesk's.</summary>
    public static Func<HttpContext, Task> Status(int status, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return status switch
        {
            400 => JsonAsync(context, """{"description":"Validation failed","errors":[{"field":"id","message":"It should be an Integer","code":"datatype_mismatch"}]}"""),
            401 => JsonAsync(context, """{"code":"invalid_credentials","message":"You have to be logged in to perform this action."}"""),
            403 => JsonAsync(context, """{"code":"access_denied","message":"You are not authorized to perform this action."}"""),
            404 => EmptyAsync(context),
            405 => JsonAsync(context, """{"message":"POST method is not allowed. It should be one of these method(s): GET, PUT, DELETE"}"""),
            429 => JsonAsync(context, """{"message":"You have exceeded the limit of requests per minute"}"""),
            _ => context.Response.WriteAsync("<html><body>Something went wrong</body></html>"),
        };
    };

    public static Func<HttpContext, Task> Body(string json) => context => JsonAsync(context, json);

    /// <summary>Answers nothing until the caller is gone.</summary>
    public static async Task HangAsync(HttpContext context) => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    /// <summary>Begins an answer and says no more.</summary>
    public static async Task StallAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{\"id\":18362,");
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
        Raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n{\"id\":18362,")(context);

    /// <summary>Does these things instead of answering, one a call.</summary>
    public void Next(params IEnumerable<Func<HttpContext, Task>> things)
    {
        foreach (var thing in things)
        {
            next.Enqueue(thing);
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static Task EmptyAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return Task.CompletedTask;
    }

    private static Task JsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(json);
    }

    private Task AnswerAsync(HttpContext context)
    {
        calls.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        context.Response.Headers["X-RateLimit-Total"] = "700.0";
        context.Response.Headers["X-RateLimit-Remaining"] = "698.0";
        context.Response.Headers["X-RateLimit-Used-CurrentRequest"] = "1.0";
        return next.TryDequeue(out var instead) || (instead = Always) is not null ? instead(context)
            : context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ApiKey}:X"))}" ? Status(401)(context)
            : context.Request.Path.Value!.Contains("//", StringComparison.Ordinal) ? Status(400)(context)
            : context.Request.Path != $"/api/v2/tickets/{TicketId}" ? Status(404)(context)
            : context.Request.Method != HttpMethods.Get ? Status(405)(context)
            : context.Request.Query["include"] == "requester" ? JsonAsync(context, WithRequester())
            : JsonAsync(context, Ticket);
    }

    private string WithRequester() =>
        Ticket.TrimEnd()[..^1]
        + ""","requester":{"id":154003456789,"name":"Josh","email":"josh@example.com","mobile":null,"phone":null}}""";
}
