using Microsoft.Extensions.Options;

namespace OrderIssues.WebApi.Hosting;

/// <summary>Answers new requests while those that were under way at the stop come to their end.</summary>
internal sealed class Shutdown(IOptions<HostOptions> options, TimeProvider time) : IHostedLifecycleService
{
    private const string TimeoutKey = "shutdownTimeoutSeconds";
    private const int DefaultSeconds = 8;
    private const int MaxSeconds = 600;

    // Left for what arrived last, and for the store.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private RequestCount requests = new();

    /// <exception cref="StartupException">The configured timeout isn't a number of seconds.</exception>
    public static void Configure(IServiceCollection services, IConfiguration configuration)
    {
        var seconds = DefaultSeconds;
        if (configuration[TimeoutKey] is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds is 0 or > MaxSeconds))
        {
            throw new StartupException($"ASPNETCORE_SHUTDOWNTIMEOUTSECONDS must be 1 to {MaxSeconds} seconds.");
        }

        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(seconds));
        services.AddSingleton<Shutdown>().AddHostedService(provider => provider.GetRequiredService<Shutdown>());
    }

    /// <summary>Middleware that knows the requests under way.</summary>
    public RequestDelegate Count(RequestDelegate next) => async context =>
    {
        var counted = requests;
        counted.Add();
        try
        {
            await next(context);
        }
        finally
        {
            counted.Remove();
        }
    };

    /// <summary>Waits for the requests under way, as long as the shutdown may take.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var underWay = Interlocked.Exchange(ref requests, new RequestCount());
        var timeout = options.Value.ShutdownTimeout - Rest;
        await Task.WhenAny(underWay.EndAsync(), Task.Delay(timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero, time, cancellationToken));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private sealed class RequestCount
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // One more than the requests, until their end is waited for.
        private int count = 1;

        public void Add() => Interlocked.Increment(ref count);

        public void Remove()
        {
            if (Interlocked.Decrement(ref count) == 0)
            {
                ended.TrySetResult();
            }
        }

        public Task EndAsync()
        {
            Remove();
            return ended.Task;
        }
    }
}
