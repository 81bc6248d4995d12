using OrderIssues.Infrastructure.Search;

namespace OrderIssues.Infrastructure.IntegrationTests.Search;

/// <summary>How long writers wait for the index.</summary>
public sealed class IndexTailTests
{
    private const int More = 5_001;

    [Test]
    public void Nobody_waits_for_an_index_that_cannot_be_used()
    {
        var tail = new IndexTail();
        tail.WaitForRoom(More);

        tail.MoveTo(new("epoch", 0, null, ScannedTo: 7));
        tail.WaitForRoom(More);
    }

    [Test]
    public void Nobody_waits_for_a_short_tail()
    {
        var tail = new IndexTail();
        tail.MoveTo(new("epoch", 10, null, null));

        tail.WaitForRoom(10 + More - 1);
    }

    [Test]
    public async Task A_writer_waits_for_a_long_tail_until_the_index_moves_on()
    {
        var tail = new IndexTail();
        tail.MoveTo(new("epoch", 0, null, null));

        var waiting = Task.Run(() => tail.WaitForRoom(More));
        Assert.That(waiting.IsCompleted, Is.False);
        tail.MoveTo(new("epoch", 1, null, null));

        await waiting;
    }

    [Test]
    public async Task Nobody_waits_for_an_index_that_stands_still()
    {
        var tail = new IndexTail();
        tail.MoveTo(new("epoch", 0, null, null));

        await Task.Run(() => tail.WaitForRoom(More));
        tail.WaitForRoom(More);
    }
}
