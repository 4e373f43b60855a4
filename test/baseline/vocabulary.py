"""k-means by scikit-learn: reads {"rows", "words"}, prints the centres."""

import json
import sys

from sklearn.cluster import KMeans

given = json.load(sys.stdin)
print(json.dumps(KMeans(given["words"], n_init=10, random_state=0).fit(given["rows"]).cluster_centers_.tolist()))
