using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Warren.Config.Quick.Steps;
using Warren.Protocol.Routing;

namespace Warren.Config.Quick;

/// <summary>
/// The routes of a tunnel. A default route goes into a table of its own, which every packet that is not the device's own
/// (not marked) is looked up in, unless the main table knows something better than its default route.
/// </summary>
public sealed class RoutePlan
{
    /// <summary>The first table and mark that wg-quick tries.</summary>
    public const uint FirstTable = 51820;

    /// <summary>The parameter that makes the reverse path filter see the mark.</summary>
    public const string SrcValidMark = "net.ipv4.conf.all.src_valid_mark";

    private readonly QuickConfig _config;
    private readonly UpState _state;
    private readonly List<QuickStep> _steps = [];
    private readonly List<IpPrefix> _covered;
    private uint _mark;

    private RoutePlan(QuickConfig config, UpState state)
    {
        _config = config;
        _state = state;
        _covered = [.. state.Routes];
        _mark = state.FwMark;
    }

    /// <summary>The steps that route the allowed IPs of <paramref name="state"/>, the longest prefix first.</summary>
    public static IReadOnlyList<QuickStep> Build(QuickConfig config, UpState state)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(state);
        if (config.IsTableOff)
            return [];
        var plan = new RoutePlan(config, state);
        foreach (var prefix in Sorted(state.AllowedIps))
            plan.Add(prefix);
        return plan._steps;
    }

    // Ties fall in reverse byte order of the text, so ::/0 precedes 0.0.0.0/0.
    private static IEnumerable<IpPrefix> Sorted(IReadOnlyList<IpPrefix> prefixes) => prefixes
        .Distinct()
        .OrderByDescending(prefix => prefix.Length)
        .ThenByDescending(prefix => prefix.ToString(), StringComparer.Ordinal);

    private void Add(IpPrefix prefix)
    {
        if (!_config.IsTableAuto)
            _steps.Add(new AddRouteStep(_config.Name, prefix, _config.Table.Text));
        else if (prefix.Length == 0)
            AddDefault(prefix);
        else if (!_covered.Exists(route => route.Length <= prefix.Length && route.Contains(prefix.Address)))
        {
            _steps.Add(new AddRouteStep(_config.Name, prefix));
            _covered.Add(prefix);
        }
    }

    private void AddDefault(IpPrefix prefix)
    {
        if (_mark == 0)
        {
            for (_mark = FirstTable; _state.UsedTables.Contains(_mark);)
                _mark++;
            _steps.Add(new SetFwMarkStep(_config.Name, _mark));
        }

        _steps.Add(new AddRuleStep(prefix.IsIPv6, _mark));
        _steps.Add(new AddSuppressRuleStep(prefix.IsIPv6));
        _steps.Add(new AddRouteStep(_config.Name, prefix, _mark.ToString(CultureInfo.InvariantCulture)));
        if (!prefix.IsIPv6 && _state.SrcValidMark is { } value && value != "1")
            _steps.Add(new SetSysctlStep(SrcValidMark, "1", value));
        _steps.Add(new AddFirewallStep(
            _config.Name,
            prefix.IsIPv6,
            FirewallScript.Add(_config.Name, prefix.IsIPv6, _state.Addresses, _mark)));
    }
}
