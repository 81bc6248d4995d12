using System.Text;
using Microsoft.AspNetCore.Http;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>Freshdesk's API, version 2, as far as its documentation goes (https://developers.freshdesk.com/api/), with one ticket.</summary>
internal sealed class FakeFreshdesk : FakeApi
{
    public const string ApiKey = "fd-key-0f8a2";
    public const long TicketId = 18362;

    private FakeFreshdesk()
    {
    }

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

    public static Task<FakeFreshdesk> StartAsync() => StartAsync(new FakeFreshdesk());

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

    protected override Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers["X-RateLimit-Total"] = "700.0";
        context.Response.Headers["X-RateLimit-Remaining"] = "698.0";
        context.Response.Headers["X-RateLimit-Used-CurrentRequest"] = "1.0";
        return Instead() is { } instead ? instead(context)
            : context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ApiKey}:X"))}" ? Status(401)(context)
            : context.Request.Path.Value!.Contains("//", StringComparison.Ordinal) ? Status(400)(context)
            : context.Request.Path != $"/api/v2/tickets/{TicketId}" ? Status(404)(context)
            : context.Request.Method != HttpMethods.Get ? Status(405)(context)
            : context.Request.Query["include"] == "requester" ? JsonAsync(context, WithRequester())
            : JsonAsync(context, Ticket);
    }

    private static Task EmptyAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return Task.CompletedTask;
    }

    private string WithRequester() =>
        Ticket.TrimEnd()[..^1]
        + ""","requester":{"id":154003456789,"name":"Josh","email":"josh@example.com","mobile":null,"phone":null}}""";
}
