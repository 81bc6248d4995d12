using Microsoft.Extensions.Time.Testing;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

internal static class PassingTime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>Moves a service's clock on while it waits. Slower than real time would be too slow, much faster would time out answers that come.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="task">What is waited for.</param>
    /// <param name="faster">How many times faster than real time.</param>
    public static async Task<T> LetPassUntilAsync<T>(this FakeTimeProvider time, Task<T> task, int faster = 5)
    {
        while (!task.IsCompleted)
        {
            await Task.WhenAny(task, Task.Delay(Step, TimeProvider.System));
            time.Advance(Step * faster);
        }

        return await task;
    }
}
