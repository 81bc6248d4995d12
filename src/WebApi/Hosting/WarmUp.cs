using System.Net;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.Hosting;

/// <summary>Answers requests of its own before the service is ready, so that the first callers don't wait for the compiler.</summary>
/// <remarks>In Development it doesn't: who restarts it all day waits for the start itself.</remarks>
internal sealed partial class WarmUp(
    IHttpContextFactory contexts, IHostEnvironment environment, TimeProvider time, ILogger<WarmUp> logger)
    : IHostedLifecycleService
{
    private const string Issues = "/api/order-issue";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    // Nobody has an address for documentation (RFC 5737), so nobody's permits are taken.
    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.1");

    // Bodies that are refused: an order of any name may exist.
    private static readonly (string Method, string Path, string Body)[] Requests =
    [
        (HttpMethods.Get, $"{Issues}/0", ""),
        (HttpMethods.Get, Issues, ""),
        (HttpMethods.Post, $"{Issues}/create", "{}"),
        (HttpMethods.Put, $"{Issues}/update/0", "{}"),
        (HttpMethods.Put, $"{Issues}/discussion/0", "{}"),
    ];

    private RequestDelegate? pipeline;

    /// <summary>Takes what follows in the pipeline for its requests.</summary>
    public RequestDelegate Take(RequestDelegate next) => pipeline = next;

    /// <summary>Answers the requests while the service listens already.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
        {
            return;
        }

        using var end = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            foreach (var request in Requests)
            {
                // Without a store, the others would only wait for it as well.
                if (await AnswerAsync(request, either.Token) >= StatusCodes.Status500InternalServerError || either.IsCancellationRequested)
                {
                    return;
                }
            }
        }
        catch (Exception exception)
        {
            // Requests work without: this must not stop the service. Nor is it a fault that it took too long, or that the service stops.
            if (!either.IsCancellationRequested)
            {
                LogFailed(exception);
            }
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<int> AnswerAsync((string Method, string Path, string Body) request, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(request.Body);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = request.Method,
            Path = request.Path,
            RawTarget = request.Path,
            Protocol = HttpProtocol.Http11,
            Scheme = Uri.UriSchemeHttp,
            Body = new MemoryStream(body),
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        var context = contexts.Create(features);
        try
        {
            context.User = CredentialScheme.Anonymous;
            context.Connection.RemoteIpAddress = Address;
            context.RequestAborted = cancellationToken;
            context.Request.ContentType = body.Length == 0 ? null : MediaTypeNames.Application.Json;
            context.Request.ContentLength = body.Length == 0 ? null : body.Length;
            await pipeline!(context);
            return context.Response.StatusCode;
        }
        finally
        {
            contexts.Dispose(context);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The service could not be warmed up: its first answers will be slow")]
    private partial void LogFailed(Exception exception);
}
