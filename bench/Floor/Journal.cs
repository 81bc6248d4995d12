using System.Runtime.InteropServices;

namespace OrderIssues.Floor;

/// <summary>File whose writers wait together for one fdatasync.</summary>
public sealed class Journal : IDisposable
{
    private readonly FileStream file = new("../data/floor.journal", FileMode.Create);
    private readonly SemaphoreSlim filled = new(0);
    private readonly Lock access = new();
    private MemoryStream waiting = new();
    private TaskCompletionSource synced = NewSource();

    public Journal() => new Thread(Run) { IsBackground = true }.Start();

    /// <summary>Ends once the bytes are on the disk.</summary>
    public Task AppendAsync(byte[] bytes)
    {
        lock (access)
        {
            if (waiting.Length == 0)
            {
                filled.Release();
            }

            waiting.Write(bytes);
            return synced.Task;
        }
    }

    public void Dispose()
    {
        file.Dispose();
        filled.Dispose();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Run()
    {
        while (true)
        {
            filled.Wait();
            MemoryStream written;
            TaskCompletionSource done;
            lock (access)
            {
                (written, waiting) = (waiting, new MemoryStream());
                (done, synced) = (synced, NewSource());
            }

            file.Write(written.ToArray());
            file.Flush();
            if (fdatasync(file.SafeFileHandle.DangerousGetHandle().ToInt32()) != 0)
            {
                throw new IOException("fdatasync failed.");
            }

            done.SetResult();
        }
    }

    // What SQLite calls for its log, too.
    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fdatasync(int descriptor);
}
