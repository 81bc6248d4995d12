using System.Text;
using Microsoft.AspNetCore.Http;

namespace OrderIssues.WebApi.FunctionalTests.Fakes;

/// <summary>Freshdesk's API, version 2, as far as its documentation goes (https://developers.freshdesk.com/api/), with one ticket.</summary>
internal sealed class FakeFreshdesk : FakeApi
{
    public const string ApiKey = "fd-key-0f8a2";
    public const long TicketId = 18362;

    private FakeFreshdesk()
    {
    }

    /// <summary>How many calls each answer says are left in this minute; null: it doesn't say.</summary>
    public string? Remaining { get; set; } = "698.0";

    /// <summary>How many calls each answer says that it cost.</summary>
    public string? Used { get; set; } = "1.0";

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

    /// <summary>The fields of tickets, as JSON: those whose choices have a shape of their own, and two without any.</summary>
    public string TicketPrefill { get; set; } =
        """
        [{"id":154000201001,"name":"subject","label":"Subject","description":"Ticket subject","position":1,"required_for_closure":false,
        "required_for_agents":true,"type":"default_subject","default":true,"customers_can_edit":true,"label_for_customers":"Subject",
        "required_for_customers":true,"displayed_to_customers":true,"created_at":"2024-01-10T09:00:00Z","updated_at":"2024-01-10T09:00:00Z"},
        {"id":154000201002,"name":"ticket_type","label":"Type","position":2,"type":"default_ticket_type","default":true,
        "choices":["Question","Problem","Refund"]},
        {"id":154000201003,"name":"source","label":"Source","position":3,"type":"default_source","default":true,
        "choices":{"Email":1,"Portal":2,"Phone":3,"Chat":7,"Feedback Widget":9,"Outbound Email":10}},
        {"id":154000201004,"name":"status","label":"Status","description":"Ticket status","position":4,"required_for_closure":false,
        "required_for_agents":true,"type":"default_status","default":true,"customers_can_edit":false,"label_for_customers":"Status",
        "required_for_customers":false,"displayed_to_customers":true,"created_at":"2024-01-10T09:00:00Z","updated_at":"2025-03-04T15:30:00Z",
        "choices":{"2":["Open","Being Processed"],"3":["Pending","Awaiting your Reply"],"4":["Resolved","This ticket has been Resolved"],
        "5":["Closed","This ticket has been Closed"],"6":["Waiting on Customer","Being waited for"],"7":["At the warehouse","Being Processed"]}},
        {"id":154000201005,"name":"priority","label":"Priority","position":5,"type":"default_priority","default":true,
        "choices":{"Low":1,"Medium":2,"High":3,"Urgent":4}},
        {"id":154000201006,"name":"group","label":"Group","position":6,"type":"default_group","default":true,"choices":{"Returns":154000300001}},
        {"id":154000201007,"name":"cf_order","label":"Order","description":null,"position":7,"type":"custom_text","default":false}]
        """;

    /// <summary>What it does instead of answering with the <see cref="TicketPrefill"/>, which neither of the others is about.</summary>
    public Func<HttpContext, Task>? InsteadOfTicketFields { get; set; }

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
        context.Response.Headers["X-RateLimit-Remaining"] = Remaining;
        context.Response.Headers["X-RateLimit-Used-CurrentRequest"] = Used;
        var isOfFields = context.Request.Path == "/api/v2/ticket_fields";
        return (isOfFields ? InsteadOfTicketFields : Instead()) is { } instead ? instead(context)
            : context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ApiKey}:X"))}" ? Status(401)(context)
            : context.Request.Path.Value!.Contains("//", StringComparison.Ordinal) ? Status(400)(context)
            : !isOfFields && context.Request.Path != $"/api/v2/tickets/{TicketId}" ? Status(404)(context)
            : context.Request.Method != HttpMethods.Get ? Status(405)(context)
            : isOfFields ? JsonAsync(context, TicketPrefill)
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
