using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace OrderIssues.Soak.Faults;

/// <summary>Server that the service calls, and that fails, hangs or hangs up at times.</summary>
/// <param name="port">Port at the loopback address.</param>
/// <param name="certificate">Certificate for HTTPS; null for HTTP.</param>
internal abstract class FaultyServer(int port, X509Certificate2? certificate = null) : IAsyncDisposable
{
    private WebApplication? app;

    /// <summary>What it does instead of answering.</summary>
    public Func<HttpContext, Task>? Fault { get; set; }

    public static Task FailAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return Task.CompletedTask;
    }

    public static Task HangAsync(HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    public static Task CutAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        app = builder.Build();
        app.Run(context => (Fault ?? AnswerAsync)(context));
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    protected abstract Task AnswerAsync(HttpContext context);
}
