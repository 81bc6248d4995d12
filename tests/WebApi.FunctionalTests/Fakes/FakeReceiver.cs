using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OrderIssues.WebApi.FunctionalTests.Fakes;

/// <summary>A receiver of webhooks on this machine.</summary>
internal sealed class FakeReceiver : FakeApi
{
    private readonly ConcurrentQueue<(IHeaderDictionary Headers, string Body)> messages = new();

    private FakeReceiver()
    {
    }

    /// <summary>Messages as they came, refused ones too.</summary>
    public IReadOnlyCollection<(IHeaderDictionary Headers, string Body)> Messages => messages;

    public static Task<FakeReceiver> StartAsync() => StartAsync(new FakeReceiver());

    public static Func<HttpContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Settings of an endpoint that it is.</summary>
    public (string Key, string Value)[] Settings(string secret, string name = "erp") =>
    [
        ("Webhooks:AllowedHosts:0", "127.0.0.1"), ("Webhooks:0:Name", name), ("Webhooks:0:Url", $"{BaseUrl}/hook?token=hidden"),
        ("Webhooks:0:Secret", secret),
    ];

    protected override async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        messages.Enqueue((new HeaderDictionary(context.Request.Headers.ToDictionary()), body));
        if (Instead() is { } instead)
        {
            await instead(context);
        }
    }
}
