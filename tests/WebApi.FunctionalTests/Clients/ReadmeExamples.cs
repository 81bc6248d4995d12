using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Client;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

/// <summary>The examples of the README of <c>clients/dotnet</c>, to the letter, in their order.</summary>
internal sealed class ReadmeExamples(Uri service) : IDisposable
{
    // What the examples print to, in place of the system's console.
    private readonly StringWriter Console = new() { NewLine = "\n" };

    public string Printed => Console.ToString();

    public void Dispose() => Console.Dispose();

    public async Task RunAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);

        // Example
        builder.Services.AddOrderIssueClient(options => options.BaseUrl = new Uri("http://localhost:5080"));

        // End
        builder.Services.PostConfigure<OrderIssueClientOptions>(options => options.BaseUrl = service);
        using var host = builder.Build();
        var client = host.Services.GetRequiredService<IOrderIssueClient>();
        await ReportAsync(client);
        await ReadAsync(client);
        await FollowAsync(client);
        await ReceiveAsync();
        await RecoverAsync(client);
        await AuthenticateAsync(Host.CreateEmptyApplicationBuilder(null), new());
    }

    private static async Task AuthenticateAsync(HostApplicationBuilder builder, Tokens tokens)
    {
        // Example
        builder.Services.AddOrderIssueClient(options =>
        {
            options.BaseUrl = new Uri("https://issues.example.com");
            options.GetToken = async cancellationToken => await tokens.GetAsync(cancellationToken);
        });

        // End
        var script = new Script(Steps.Succeed);
        builder.Services.AddHttpClient(nameof(IOrderIssueClient)).ConfigurePrimaryHttpMessageHandler(() => script);
        using var host = builder.Build();
        await host.Services.GetRequiredService<IOrderIssueClient>().GetIssueAsync("1600001");
        Assert.That(script.HeadersOf("Authorization"), Is.EqualTo(new[] { "Bearer token" }));
    }

    private async Task ReportAsync(IOrderIssueClient client)
    {
        // Example
        var created = await client.CreateIssueAsync(new()
        {
            OrderId = "111-0944945-3989852",
            Source = Source.Email,
            IssueType = "delivery issue",
        });
        Console.WriteLine($"{created.Data.IssueId} {created.Data.Status}"); // 1600001 open

        // Example
        var ticket = await client.GetTicketAsync("18362");
        Console.WriteLine($"{ticket.Data.OrderId} {ticket.Data.StatusText}"); // 111-0944945-3989852 opening

        // Example
        var solved = await client.UpdateStatusAsync("111-0944945-3989852", new() { Status = IssueStatus.Done, By = "Jane" });
        Console.WriteLine($"{solved.Data.Status} {solved.Data.Version}"); // done 1

        // Example
        var said = await client.AddDiscussionAsync("111-0944945-3989852", new() { Username = "John Agent", Message = "Replacement shipped." });
        Console.WriteLine(said.Data.Discussion.Count); // 1

        // Example
        var read = await client.GetIssueAsync("1600001");
        var patched = await client.PatchIssueAsync("1600001", new() { Packer = "Jane", Notes = null }, new() { IfMatch = read.ETag });
        Console.WriteLine(patched.Data.Packer); // Jane
    }

    private async Task ReadAsync(IOrderIssueClient client)
    {
        string? cursor = null;
        using var target = new MemoryStream();

        // Example
        await foreach (var issue in client.AllIssuesAsync(new() { Packer = ["Jane"], CreatedFrom = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc) }))
        {
            Console.WriteLine(issue.OrderId); // 111-0944945-3989852
        }

        // Example
        await foreach (var page in client.ListIssuesPagesAsync(new() { Status = [IssueStatus.Done], Limit = 100, Cursor = cursor }))
        {
            cursor = page.Page.NextCursor;
        }

        // Example
        var statistics = await client.GetStatisticsAsync(new() { GroupBy = [GroupField.Packer], Status = [IssueStatus.Done] });
        Console.WriteLine($"{statistics.Data.Groups[0].Key} {statistics.Data.Groups[0].Issues}"); // Jane 1

        // Example
        using var file = await client.ExportIssuesAsync(new() { Format = ExportFormat.Csv, Status = [IssueStatus.Done] });
        await file.Content.CopyToAsync(target);

        // End
        Assert.That(cursor, Is.Null);
        Assert.That(target.Length, Is.Positive);
    }

    private async Task FollowAsync(IOrderIssueClient client)
    {
        // Example
        var place = new EventsOptions { After = 0, Epoch = (await client.ListEventsAsync()).Page.Epoch }; // Or what you have kept.
        await foreach (var happened in client.EventsAsync(place))
        {
            place.After = happened.Sequence;
            Console.WriteLine($"{happened.Sequence} {happened.Type} {happened.Data.IssueId}"); // 1 order_issue.created 1600001
            break; // It would go on for as long as the program runs.
        }

        // End
        Assert.That(place.After, Is.EqualTo(1));
    }

    private async Task ReceiveAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();

        // Example
        app.MapPost("/webhook", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            try
            {
                var happened = OrderIssueWebhook.Verify(request.Headers, body.ToArray(), "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
                Console.WriteLine($"{happened?.Type} {happened?.Data.IssueId}"); // order_issue.created 1600001
                return Results.NoContent();
            }
            catch (WebhookVerificationException)
            {
                return Results.BadRequest();
            }
        });

        // End
        await app.StartAsync();
        Assert.That(
            (await SignedWebhook.SendAsync(new(app.Urls.Single()), "/webhook"), await SignedWebhook.SendAsync(new(app.Urls.Single()), "/webhook", "whsec_AAAA")),
            Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.BadRequest)));
    }

    private async Task RecoverAsync(IOrderIssueClient client)
    {
        var order = new CreateIssueRequest { OrderId = "112-7", Source = "other", IssueType = "missing" };

        // Example
        var reported = await client.CreateIssueFromTicketAsync(new() { Source = "freshdesk", TicketId = "18363", IssueType = "wrong item" });
        Console.WriteLine($"{reported.Created} {reported.Data.CustomerName}"); // True Maria

        // Example
        try
        {
            await client.CreateIssueAsync(new() { OrderId = "", Source = "email", IssueType = "delivery issue" });
        }
        catch (OrderIssueException failure) when (failure.Code == ProblemCode.ValidationFailed)
        {
            Console.WriteLine(string.Join(", ", failure.Errors.Keys)); // OrderId
        }

        // Example
        var first = await client.CreateIssueAsync(order, new() { IdempotencyKey = "task-9f1c" });
        var again = await client.CreateIssueAsync(order, new() { IdempotencyKey = "task-9f1c" });
        Console.WriteLine($"{again.Data.IssueId == first.Data.IssueId} {again.Replayed}"); // True True
    }

    private sealed class Tokens
    {
        public ValueTask<string> GetAsync(CancellationToken cancellationToken) => cancellationToken.CanBeCanceled ? new("token") : throw new InvalidOperationException("It must be possible to end it.");
    }
}
