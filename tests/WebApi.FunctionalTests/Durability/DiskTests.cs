using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Durability;

/// <summary>A disk that takes no more is told to callers, costs nothing that was acknowledged, and needs no restart once it takes more.</summary>
public sealed class DiskTests
{
    private static readonly (string, string)[] Environment = [("ASPNETCORE_ENVIRONMENT", "Development"), ("ConnectionStrings__Sqlite", "Data Source=disk/order-issues.db")];

    private readonly TemporaryFolder folder = new();

    private string Disk => Directory.CreateDirectory(Path.Combine(folder.Path, "disk")).FullName;

    private string File => Path.Combine(Disk, "order-issues.db");

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    /// <summary>A disk of its own, in memory, that only the service and who looks through its eyes can see.</summary>
    [Test]
    public async Task Goes_on_by_itself_after_the_disk_was_full()
    {
        string[] unshare = ["unshare", "--mount", .. System.Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["--map-root-user"]];
        await RequireAsync([.. unshare, "true"]);
        using var service = await ServiceProcess.StartAsync(
            folder.Path,
            [.. unshare, "sh", "-c", $"mount -t tmpfs -o size=3m none '{Disk}' && exec \"$@\"", "sh", .. ServiceProcess.Command],
            Environment);
        Assert.That(service.ExitCode, Is.Null, service.Output);
        var filler = $"/proc/{service.Id}/root{Disk}/filler";
        await System.IO.File.WriteAllBytesAsync(filler, new byte[1024 * 1024]);

        var created = new List<Answer>();
        var failed = new List<Answer>();

        // Several at once, for which there is no room together any more, and then one alone.
        foreach (var atOnce in new[] { 8, 1 })
        {
            for (var failures = failed.Count; failed.Count == failures;)
            {
                var answers = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => CreateAsync()));
                created.AddRange(answers.Where(answer => answer.Status == HttpStatusCode.Created));
                failed.AddRange(answers.Where(answer => answer.Status != HttpStatusCode.Created));
                Assert.That(created, Has.Count.LessThan(1_000));
            }
        }

        foreach (var answer in failed)
        {
            answer.Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
            Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That((string?)answer.Body["detail"], Does.StartWith("The store's disk is full"));
        }

        var ready = (await service.Api.GetAsync("/health/ready")).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        Assert.That((string?)ready.Body["detail"], Does.StartWith("The store's disk is full"));
        Assert.That((await service.Api.GetAsync("/health/live")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(service.Output.Split('\n').Count(line => line.Contains("Answered store_unavailable: SqliteException", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(service.Output, Does.Contain("database or disk is full").And.Not.Contain("   at "));
        await AssertKeptAsync();

        System.IO.File.Delete(filler);
        Assert.That((await service.Api.GetAsync("/health/ready")).Status, Is.EqualTo(HttpStatusCode.OK));
        created.Add((await CreateAsync()).Succeeded(HttpStatusCode.Created));
        await AssertKeptAsync();
        Assert.That(
            created.Select(answer => int.Parse(answer.IssueId, null)).Order(), Is.EqualTo(Enumerable.Range(1_600_001, created.Count)), "nothing else was kept");

        async Task<Answer> CreateAsync()
        {
            var body = Api.Minimal();
            body["notes"] = new string('n', 10_000);
            return await service.Api.CreateAsync(body);
        }

        async Task AssertKeptAsync()
        {
            foreach (var answer in created)
            {
                Assert.That((await service.Api.GetAsync($"/api/order-issue/{answer.IssueId}")).Text, Is.EqualTo(answer.Text));
            }
        }
    }

    [Test]
    public async Task Goes_on_by_itself_after_the_file_was_read_only()
    {
        using var service = await StartUnprivilegedAsync();
        var created = (await service.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);

        // Somebody puts a copy back, and forgets whose it is.
        Checkpoint();
        System.IO.File.Move(File, $"{File}.away");
        (await service.Api.CreateAsync(Api.Minimal())).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        System.IO.File.Delete($"{File}-wal");
        System.IO.File.Delete($"{File}-shm");
        System.IO.File.Move($"{File}.away", File);
        Allow(File, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        var refused = (await service.Api.CreateAsync(Api.Minimal())).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        (await service.Api.PutAsync($"/api/order-issue/update/{created.Data["OrderId"]}", """{ "status": "done" }"""))
            .Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");

        // What belongs to the file was made with its rights.
        foreach (var file in Directory.EnumerateFiles(Disk))
        {
            Allow(file, (UnixFileMode)0b110_110_110);
        }

        // A session that the background work had open right then is read-only, and with it all of the process, until it is given back.
        Answer again;
        for (var tries = 0; (again = await service.Api.CreateAsync(Api.Minimal())).Status != HttpStatusCode.Created && tries < 10; tries++)
        {
            again.Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        again.Succeeded(HttpStatusCode.Created);
        Assert.That((await service.Api.GetAsync($"/api/order-issue/{created.IssueId}")).Text, Is.EqualTo(created.Text));
    }

    [Test]
    public async Task Says_in_one_line_that_it_does_not_start_on_a_read_only_file()
    {
        (await StartUnprivilegedAsync()).Dispose();
        Allow(File, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        using var service = await StartUnprivilegedAsync();

        Assert.That(service.ExitCode, Is.EqualTo(1), service.Output);
        Assert.That(service.Output, Does.Contain($"The service can't start. ConnectionStrings:Sqlite: {File} can't be used:").And.Not.Contain("   at "));
    }

    /// <summary>Without root's right to write to read-only files, but as the owner of this folder and of the program's.</summary>
    private async Task<ServiceProcess> StartUnprivilegedAsync()
    {
        string[] unprivileged = System.Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-dac_override"] : [];
        await RequireAsync([.. unprivileged, .. ServiceProcess.Command, "probe", "http://127.0.0.1:1"], exitCode: 1);
        return await ServiceProcess.StartAsync(folder.Path, [.. unprivileged, .. ServiceProcess.Command], Environment);
    }

    private void Checkpoint()
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }

    private static void Allow(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Needs the rights of Unix files.");
            return;
        }

        System.IO.File.SetUnixFileMode(path, mode);
    }

    /// <summary>Skips the test where this command can't be run.</summary>
    private static async Task RequireAsync(string[] command, int exitCode = 0)
    {
        Tools.Require(command[0]);
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != exitCode)
        {
            Assert.Ignore($"{string.Join(' ', command)}: {await process.StandardError.ReadToEndAsync()}");
        }
    }
}
