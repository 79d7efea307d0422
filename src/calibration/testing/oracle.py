"""Writes oracle.json: what independent Python packages say about made-up ratings, for the test beside the statistics.

python3 -m venv venv && venv/bin/pip install krippendorff==0.9.0 pingouin==0.7.0 scipy==1.17.1 statsmodels==0.15.0 scikit-learn==1.9.1
venv/bin/python oracle.py > oracle.json
"""
import json
import sys
import warnings
import krippendorff, numpy as np, pandas as pd, pingouin, scipy.stats as st
from sklearn.isotonic import IsotonicRegression
from statsmodels.robust.norms import HuberT, estimate_location
from statsmodels.robust.scale import mad

warnings.simplefilter("ignore")
rng = np.random.default_rng(20261121)
num = lambda x: None if x is None or np.isnan(x) else float(x)
out = {"alpha": [], "icc": [], "rank": [],
       "location": [], "isotonic": []}

for units, raters, levels, missing in [(12, 4, 5, .2), (30, 3, 10, .5), (80, 6, 101, .1), (6, 2, 2, 0), (200, 9, 7, .6)]:
    truth = rng.uniform(0, levels, units)
    table = np.clip(np.floor(truth[:, None] + rng.normal(0, levels / 6, (units, raters))), 0, levels - 1) / (levels - 1)
    table = np.round(table, 6)
    table[rng.random(table.shape) < missing] = np.nan
    out["alpha"].append({
        "units": [[num(v) for v in row] for row in table],
        **{level: num(krippendorff.alpha(reliability_data=table.T, level_of_measurement=level))
           for level in ("nominal", "ordinal", "interval")}})

for units, raters in [(10, 3), (6, 4), (80, 5), (2, 2), (25, 12)]:
    table = np.round(rng.uniform(0, 1, (units, 1)) + rng.normal(0, .2, (units, raters)) + rng.normal(0, .1, (1, raters)), 3)
    long = pd.DataFrame([(i, j, table[i, j]) for i in range(units) for j in range(raters)], columns=["t", "r", "s"])
    if units > 4:
        got = list(pingouin.intraclass_corr(long, "t", "r", "s")["ICC"])
    else:  # pingouin refuses fewer than five rows; the mean squares come from scipy's sums then
        g = table.mean(); n, k = table.shape
        b = k * ((table.mean(1) - g) ** 2).sum() / (n - 1); c = n * ((table.mean(0) - g) ** 2).sum() / (k - 1)
        e = ((table - table.mean(1, keepdims=True) - table.mean(0, keepdims=True) + g) ** 2).sum() / ((n - 1) * (k - 1))
        w = ((table - table.mean(1, keepdims=True)) ** 2).sum() / (n * (k - 1))
        got = [(b - w) / (b + (k - 1) * w), (b - e) / (b + (k - 1) * e + k * (c - e) / n), (b - e) / (b + (k - 1) * e),
               (b - w) / b, (b - e) / (b + (c - e) / n), (b - e) / b]
    out["icc"].append({"ratings": table.tolist(), "icc": dict(zip(["icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k"], map(float, got)))})

for n, levels in [(10, 3), (60, 10), (60, 1000), (5, 4), (200, 4)]:
    a = rng.integers(0, levels, n).astype(float)
    b = np.round(a + rng.normal(0, levels / 3, n), 0)
    out["rank"].append({"a": a.tolist(), "b": b.tolist(), "ranks": st.rankdata(a).tolist(), "pearson": num(st.pearsonr(a, b)[0]),
                        "spearman": num(st.spearmanr(a, b)[0]), "kendall": num(st.kendalltau(a, b)[0])})

for n in (3, 4, 5, 7, 20, 60):
    values = np.round(rng.normal(.5, .15, n), 3)
    if n > 4: values[0] = 9
    out["location"].append({"values": values.tolist(), "mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1)),
                            "median": float(np.median(values)), "quantile90": float(np.quantile(values, .9)),
                            "huber": float(estimate_location(values, mad(values), norm=HuberT(t=1.5), maxiter=5000, tol=1e-14))})

for n, levels in [(20, 4), (60, 10), (100, 101), (5, 5)]:
    x = rng.integers(0, levels, n).astype(float)
    y = np.round(np.clip(x / (levels - 1) + rng.normal(0, .2, n), 0, 1), 3)
    fitted = IsotonicRegression().fit(x, y).predict(np.unique(x))
    out["isotonic"].append({"x": x.tolist(), "y": y.tolist(), "at": np.unique(x).tolist(), "fitted": fitted.tolist()})

json.dump(out, sys.stdout)
