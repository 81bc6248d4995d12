using System.Text;
using Microsoft.AspNetCore.Http;

namespace OrderIssues.WebApi.FunctionalTests.Fakes;

/// <summary>Freshdesk's API, version 2, as far as its documentation goes (https://developers.freshdesk.com/api/), with a ticket and an archived one.</summary>
internal sealed class FakeFreshdesk : FakeApi
{
    public const string ApiKey = "fd-key-0f8a2";
    public const long TicketId = 18362;
    public const long ArchivedTicketId = 9021;
    private const string ArchivePath = "/api/v2/tickets/archived/";

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

    /// <summary>Answers with a ticket whatever number is asked for.</summary>
    public bool HasEveryTicket { get; set; }

    /// <summary>The archived ticket, as JSON; null for an account whose plan has no archive.</summary>
    public string? ArchivedTicket { get; set; } =
        """
        {"cc_emails":[],"fwd_emails":[],"reply_cc_emails":[],"email_config_id":null,"fr_escalated":false,"group_id":null,"priority":1,
        "requester_id":154003456000,"responder_id":null,"source":2,"spam":false,"status":5,
        "subject":"Broken lid (Order: 113-1112223-4445556)","company_id":1,"id":9021,"type":null,"to_emails":null,"product_id":154000093699,
        "created_at":"2024-08-24T11:56:51Z","updated_at":"2024-08-24T11:59:05Z","due_by":"2024-08-27T11:30:00Z",
        "fr_due_by":"2024-08-25T11:30:00Z","is_escalated":false,"association_type":null,"description_text":"Not given.",
        "description":"<div>Not given.</div>","custom_fields":{"cf_order":null},"tags":[],"archived":true,"attachments":[]}
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

    /// <summary>What it does instead of looking into the archive, which neither of the others is about either.</summary>
    public Func<HttpContext, Task>? InsteadOfArchive { get; set; }

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
            403 => RefusalAsync(context, "access_denied"),
            404 => EmptyAsync(context),
            405 => JsonAsync(context, """{"message":"POST method is not allowed. It should be one of these method(s): GET, PUT, DELETE"}"""),
            429 => JsonAsync(context, """{"message":"You have exceeded the limit of requests per minute"}"""),
            _ => context.Response.WriteAsync("<html><body>Something went wrong</body></html>"),
        };
    };

    /// <summary>Answers with a 403 of this code.</summary>
    public static Func<HttpContext, Task> Forbidden(string code) => Forbidden(context => RefusalAsync(context, code));

    /// <summary>Answers with a 403 that says this.</summary>
    public static Func<HttpContext, Task> Forbidden(Func<HttpContext, Task> body) => context =>
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return body(context);
    };

    protected override Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers["X-RateLimit-Total"] = "700.0";
        context.Response.Headers["X-RateLimit-Remaining"] = Remaining;
        context.Response.Headers["X-RateLimit-Used-CurrentRequest"] = Used;
        var path = context.Request.Path.Value!;
        var isOfFields = path == "/api/v2/ticket_fields";
        var isOfArchive = path.StartsWith(ArchivePath, StringComparison.Ordinal);
        var isOfTicket = path == $"/api/v2/tickets/{TicketId}";
        return (isOfFields ? InsteadOfTicketFields : isOfArchive ? InsteadOfArchive : Instead()) is { } instead ? instead(context)
            : context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ApiKey}:X"))}" ? Status(401)(context)
            : path.Contains("//", StringComparison.Ordinal) ? Status(400)(context)
            : isOfArchive ? ArchiveAsync(context)
            : HasEveryTicket && !isOfFields && !isOfTicket ? JsonAsync(context, $$"""{"id":{{path.Split('/')[^1]}}}""")
            : !isOfFields && !isOfTicket ? Status(404)(context)
            : context.Request.Method != HttpMethods.Get ? Status(405)(context)
            : isOfFields ? JsonAsync(context, TicketPrefill)
            : context.Request.Query["include"] == "requester" ? JsonAsync(context, WithRequester())
            : JsonAsync(context, Ticket);
    }

    /// <summary>Embeds nothing: it takes an <c>include</c> for an unexpected field.</summary>
    private Task ArchiveAsync(HttpContext context) =>
        ArchivedTicket is null ? Forbidden("require_feature")(context)
        : context.Request.Query.Count > 0 ? Status(400)(context)
        : context.Request.Path != $"{ArchivePath}{ArchivedTicketId}" ? Status(404)(context)
        : JsonAsync(context, ArchivedTicket);

    private static Task RefusalAsync(HttpContext context, string code) => JsonAsync(context, code switch
    {
        "access_denied" => """{"code":"access_denied","message":"You are not authorized to perform this action."}""",
        "require_feature" =>
            """{"code":"require_feature","message":"The Archive Tickets feature(s) is/are not supported in your plan. Please upgrade your account to use it."}""",
        _ => $$"""{"code":"{{code}}","message":"That can't be."}""",
    });

    private static Task EmptyAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return Task.CompletedTask;
    }

    private string WithRequester() =>
        Ticket.TrimEnd()[..^1]
        + ""","requester":{"id":154003456789,"name":"Josh","email":"josh@example.com","mobile":null,"phone":null}}""";
}
