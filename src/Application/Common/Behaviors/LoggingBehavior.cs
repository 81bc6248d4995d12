using Microsoft.Extensions.Logging;

namespace OrderIssues.Application.Common.Behaviors;

/// <summary>Logs a request's outcome, never its customers' data.</summary>
internal sealed partial class LoggingBehavior<TRequest, TResponse>(ILogger<LoggingBehavior<TRequest, TResponse>> logger, TimeProvider time)
    : IPipelineBehavior<TRequest, TResponse> where TRequest : IRequest<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        logger.IsEnabled(LogLevel.Debug) ? LogAsync(next) : next();

    private async Task<TResponse> LogAsync(RequestHandlerDelegate<TResponse> next)
    {
        var start = time.GetTimestamp();
        try
        {
            var response = await next();
            var elapsed = time.GetElapsedTime(start);
            LogDone(typeof(TRequest).Name, elapsed);
            return response;
        }
        catch (FailureException failure)
        {
            var elapsed = time.GetElapsedTime(start);
            LogFailed(typeof(TRequest).Name, failure.Code, elapsed);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Request} done after {Elapsed}")]
    private partial void LogDone(string request, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Request} failed with {Code} after {Elapsed}")]
    private partial void LogFailed(string request, FailureCode code, TimeSpan elapsed);
}
